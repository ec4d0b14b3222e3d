use cluster_client::{Client, object};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?; // CLUSTER_TOKEN, CLUSTER_BASE_URL
    let core = client.core_v1();
    let pods = core.list_namespaced_pod("default");
    let mut pods = pods.label_selector("app=web").limit(2).items();
    while let Some(pod) = pods.try_next().await? {
        let name = pod.metadata.and_then(|metadata| metadata.name);
        let phase = pod.status.and_then(|status| status.phase);
        println!("{} {}", name.unwrap_or_default(), phase.unwrap_or_default());
    }
    let patch = object!({"metadata": {"labels": {"old": null, "tier": "front"}}});
    let call = core.patch_namespaced_pod_merge_patch("default", "web-0", patch);
    let pod = call.send().await?.into_inner();
    let labels = pod.metadata.and_then(|metadata| metadata.labels);
    println!("web-0 has {:?}", labels.unwrap_or_default());
    Ok(())
}
