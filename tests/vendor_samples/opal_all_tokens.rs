#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = opal_client::Client::from_env()?; // OPAL_TOKEN
    let mut tokens = client.tokens().list().page_size(200).items();
    while let Some(token) = tokens.try_next().await? {
        println!("{} {}", token.token_id, token.token_label);
    }
    Ok(())
}
