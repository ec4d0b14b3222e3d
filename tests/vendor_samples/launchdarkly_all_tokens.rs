#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = launchdarkly_client::Client::from_env()?; // LD_API_KEY
    let mut tokens = client.access_tokens().list().show_all(true).items();
    while let Some(token) = tokens.try_next().await? {
        println!("{} {}", token.id, token.name.unwrap_or_default());
    }
    Ok(())
}
