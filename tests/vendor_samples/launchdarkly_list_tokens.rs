// What LaunchDarkly's page shows in Python with `requests`: lists tokens and prints them.
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = launchdarkly_client::Client::from_env()?;
    println!("{:#?}", *client.access_tokens().list().send().await?);
    Ok(())
}
