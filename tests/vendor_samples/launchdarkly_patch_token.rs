// `patch_token` of LaunchDarkly's Python client.
use launchdarkly_client::{Client, Value, types::PatchOperation};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let patch = vec![PatchOperation::new("replace", "/exampleField").value(Value::Null)];
    match client.access_tokens().update("id_example", &patch).send().await {
        Ok(token) => println!("{token:#?}"),
        Err(error) => println!("Cannot change the token: {error}"),
    }
    Ok(())
}
