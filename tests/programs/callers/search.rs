use search_client::Client;
use search_client::types::{LogsListRequest, LogsListRequestPage, LogsQueryFilter, LogsSort};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // SEARCH_API_KEY, SEARCH_APP_KEY
    let request = LogsListRequest::new()
        .filter(LogsQueryFilter::new().query("service:db").from("now-1h"))
        .page(LogsListRequestPage::new().limit(2))
        .sort(LogsSort::TimestampAscending);
    let mut logs = client.logs().list().body(&request).items();
    while let Some(log) = logs.try_next().await? {
        let Some(log) = log.attributes else { continue };
        let host = log
            .attributes
            .as_ref()
            .and_then(|attributes| attributes.get("host")?.as_str());
        if let (Some(at), Some(message)) = (log.timestamp, log.message) {
            println!("{at} {message} ({})", host.unwrap_or("?"));
        }
    }
    Ok(())
}
