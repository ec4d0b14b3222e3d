// `post_token` of LaunchDarkly's Python client.
use launchdarkly_client::Client;
use launchdarkly_client::types::{
    AccessTokenPost, AccessTokenPostRole, StatementPost, Effect,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let statement = StatementPost::new(Effect::Allow)
        .resources(["proj/*:env/*:flag/*;testing-tag"])
        .not_resources(["not_resources_example"])
        .actions(["*"])
        .not_actions(["not_actions_example"]);
    let token = AccessTokenPost::new()
        .name("name_example")
        .description("description_example")
        .role(AccessTokenPostRole::Reader)
        .custom_role_ids(["custom_role_ids_example"])
        .inline_role([statement])
        .service_token(true)
        .default_api_version(1);
    match client.access_tokens().create(&token).send().await {
        Ok(token) => println!("{token:#?}"),
        Err(error) => println!("Cannot create the token: {error}"),
    }
    Ok(())
}
