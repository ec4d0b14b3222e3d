// `get_token` of LaunchDarkly's Python client.
use launchdarkly_client::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    match client.access_tokens().get("id_example").send().await {
        Ok(token) => println!("{token:#?}"),
        Err(error) => println!("Cannot get the token: {error}"),
    }
    Ok(())
}
