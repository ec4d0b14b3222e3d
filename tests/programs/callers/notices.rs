use notices_client::types::Notice;
use notices_client::{Client, json};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // NOTICES_TOKEN
    let notices = client.notices();
    for notice in notices.list().send().await?.into_inner().notices {
        if let Notice::Parcel(parcel) = &notice {
            let sender = parcel.sender.as_ref().and_then(|sender| sender.as_text());
            println!(
                "{} kg from {}",
                parcel.weight,
                sender.map_or("someone", |name| name)
            );
        } else if let Notice::Visit(visit) = &notice {
            println!("{} is at the door", visit.guest.name);
        } else {
            println!("put away: {}", json::to_string(&notice));
            notices.archive(notice).send().await?;
        }
    }
    Ok(())
}
