use files_client::api::files::CreateForm;
use files_client::types::CreateFileRequestPurpose;
use files_client::{Client, Part};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // FILES_API_KEY
    let form = CreateForm::new(Part::file("report.csv")?, CreateFileRequestPurpose::Batch);
    let file = client.files().create(form).send().await?;
    println!("{} has {} bytes", file.id, file.bytes);
    let content = client.files().download(&file.id).send().await?;
    std::fs::write("copy.csv", content.into_inner())?; // or piece by piece, by `send_stream()`
    print!("{}", std::fs::read_to_string("copy.csv")?);
    Ok(())
}
