use sensors_client::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = std::env::var("SENSORS_SECRET")?;
    let builder = Client::builder().oauth_client("me", secret, &["readings:read"]);
    let client = builder.from_env().build()?;
    for sensor in client.sensors().list().send().await?.into_inner() {
        let readings = client.sensors().list_readings(&sensor.id).send().await?;
        for reading in readings.iter() {
            println!("{} {} {}", sensor.place, reading.at, reading.value);
        }
    }
    Ok(())
}
