use std::io::Write as _;

use chat_client::Client;
use chat_client::types::{
    ChatCompletionRequestSystemMessage as System, ChatCompletionRequestUserMessage as User,
    CreateChatCompletionRequest,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // CHAT_API_KEY
    let messages = [
        System::new("Be brief.").into(),
        User::new("Say hello.").into(),
    ];
    let request = CreateChatCompletionRequest::new(messages, "gpt-4o").temperature(0.2);
    let mut events = client.chat().create_completion(&request).events();
    while let Some(event) = events.try_next().await? {
        for choice in &event.data.choices {
            print!("{}", choice.delta.content.as_deref().unwrap_or_default());
            std::io::stdout().flush()?;
        }
    }
    println!();
    Ok(())
}
