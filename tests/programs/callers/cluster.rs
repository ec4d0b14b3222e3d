use cluster_client::{Client, object};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // CLUSTER_TOKEN, CLUSTER_BASE_URL
    let core = client.core_v1();
    let mut pods = core
        .list_namespaced_pod("default")
        .label_selector("app=web")
        .limit(2)
        .items();
    while let Some(pod) = pods.try_next().await? {
        let name = pod.metadata.and_then(|metadata| metadata.name);
        let phase = pod.status.and_then(|status| status.phase);
        println!("{} {}", name.unwrap_or_default(), phase.unwrap_or_default());
    }
    let patch = object!({"metadata": {"labels": {"old": null, "tier": "front"}}});
    let pod = core
        .patch_namespaced_pod("default", "web-0")
        .body_merge_patch(patch)
        .send()
        .await?;
    let labels = pod
        .into_inner()
        .metadata
        .and_then(|metadata| metadata.labels);
    println!("web-0 has {:?}", labels.unwrap_or_default());
    Ok(())
}
