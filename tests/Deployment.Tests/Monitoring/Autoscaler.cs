using NSft.Deployment.Tests.Manifests;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>What the autoscaler asks Prometheus.</summary>
internal static class Autoscaler
{
    /// <summary>Its queries, in the manifest's order: workers, blocks.</summary>
    public static async Task<IReadOnlyList<string>> QueriesAsync() =>
    [
        .. (await Rendering.OfAsync("k8s/autoscaling")).All("ScaledObject")
            .SelectMany(one => Rendering.Items(one["spec"]!["triggers"]))
            .Select(trigger => trigger["metadata"]!["query"]!.GetValue<string>()),
    ];
}
