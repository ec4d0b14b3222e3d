// `delete_token` of LaunchDarkly's Python client.
use launchdarkly_client::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    if let Err(error) = client.access_tokens().delete("id_example").send().await {
        println!("Cannot delete the token: {error}");
    }
    Ok(())
}
