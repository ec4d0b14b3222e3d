use files_client::api::files::CreateForm;
use files_client::types::CreateFileRequestPurpose;
use files_client::{Client, Part};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // FILES_API_KEY
    let form = CreateForm::new(Part::file("report.csv")?, CreateFileRequestPurpose::Batch);
    let file = client.files().create(form).send().await?;
    println!("{} has {} bytes", file.id, file.bytes);
    let mut content = client.files().download(&file.id).send_stream().await?;
    let mut copy = std::fs::File::create("copy.csv")?;
    while let Some(chunk) = content.chunk().await? {
        std::io::Write::write_all(&mut copy, &chunk)?;
    }
    print!("{}", std::fs::read_to_string("copy.csv")?);
    Ok(())
}
