use billing_client::Client;
use billing_client::types::{CreateCustomerBody, OptionalFieldsAddress, UpdateCustomerBody};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // BILLING_SECRET_KEY
    let fields = CreateCustomerBody::new()
        .email("ada@example.com")
        .metadata([("plan", "pro"), ("team", "7")])
        .address(OptionalFieldsAddress::new().city("Paris").country("FR"))
        .expand(["default_source"]);
    let customer = client.customers().create().body(&fields).send().await?;
    if let Some(card) = customer
        .default_source
        .as_ref()
        .and_then(|source| source.as_card())
    {
        println!("{} pays by {} {}", customer.id, card.brand, card.last4);
    }
    println!("{:?}", customer.metadata.clone().unwrap_or_default());
    let fields = UpdateCustomerBody::new().metadata("");
    client
        .customers()
        .update(&customer.id)
        .body(&fields)
        .send()
        .await?;
    match client.customers().get("cus_0").send().await?.as_customer() {
        Some(customer) => println!("{} is still there", customer.id),
        None => println!("deleted"),
    }
    Ok(())
}
