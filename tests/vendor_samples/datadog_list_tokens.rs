// What Datadog's page shows in Rust: lists tokens, and prints them or what went wrong.
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = datadog_client::Client::from_env()?;
    match client.key_management().list_personal_access_tokens().send().await {
        Ok(tokens) => println!("{tokens:#?}"),
        Err(error) => println!("{error:#?}"),
    }
    Ok(())
}
