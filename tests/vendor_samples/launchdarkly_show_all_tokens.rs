// `get_tokens` of LaunchDarkly's Python client.
use launchdarkly_client::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    match client.access_tokens().list().show_all(true).send().await {
        Ok(tokens) => println!("{tokens:#?}"),
        Err(error) => println!("Cannot list the tokens: {error}"),
    }
    Ok(())
}
