// `reset_token` of LaunchDarkly's Python client: at once, and with the old secret good until then.
use launchdarkly_client::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tokens = Client::from_env()?.access_tokens();
    for reset in [tokens.reset("id_example"), tokens.reset("id_example").expiry(1)] {
        match reset.send().await {
            Ok(token) => println!("{token:#?}"),
            Err(error) => println!("Cannot reset the token: {error}"),
        }
    }
    Ok(())
}
