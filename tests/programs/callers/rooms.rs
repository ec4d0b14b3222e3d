use rooms_client::types::{NewRoom, RoomPatch};
use rooms_client::{Client, api::rooms::CreateError};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // ROOMS_API_KEY
    let rooms = client.rooms();
    let attic = NewRoom::new("Attic", 4).floor(3).note("no heating");
    let id = match rooms.create(&attic).send().await {
        Ok(room) => room.into_inner().id,
        Err(error) => match error.into_body()? {
            CreateError::Status409(conflict) => conflict.holder,
            other => return Err(format!("{other:?}").into()),
        },
    };
    let room = rooms.get(&id).send().await?;
    println!("{} is on floor {:?}", room.name, room.floor);
    let patch = RoomPatch::new().seats(6).floor(None);
    let room = rooms.update(&id, &patch).send().await?;
    println!("{} is on floor {:?}", room.name, room.floor);
    println!("{} seats, {:?}", room.seats, room.note);
    Ok(())
}
