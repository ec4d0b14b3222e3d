use issues_client::Client;
use issues_client::types::{Direction, IssuesCreateBody, Label};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // ISSUES_TOKEN
    let issues = client.issues();
    let mut open = issues
        .list_for_repo("octo", "hello")
        .direction(Direction::Asc)
        .items();
    while let Some(issue) = open.try_next().await? {
        let names = issue.labels.iter().filter_map(|label| match label {
            Label::Text(name) => Some(name.as_str()),
            label => label.as_object()?.name.as_deref(),
        });
        println!(
            "#{} {} {:?}",
            issue.number,
            issue.title,
            names.collect::<Vec<_>>()
        );
    }
    match issues.get("octo", "hello", 7).send().await {
        Ok(issue) => println!("#{} {}", issue.number, issue.title),
        Err(error) if error.is_not_found() => {
            let new = IssuesCreateBody::new("Write it down").labels(["docs"]);
            let issue = issues.create("octo", "hello", &new).send().await?;
            println!("#{} is new", issue.number);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
