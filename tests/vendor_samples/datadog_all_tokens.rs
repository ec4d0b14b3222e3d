#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = datadog_client::Client::from_env()?; // DD_API_KEY, DD_APP_KEY, DD_SITE
    let tokens = client.key_management().list_personal_access_tokens();
    let mut tokens = tokens.page_size(100).items();
    while let Some(token) = tokens.try_next().await? {
        let name = token.attributes.and_then(|attributes| attributes.name);
        println!("{} {}", token.id.unwrap_or_default(), name.unwrap_or_default());
    }
    Ok(())
}
