using System.Text.Json.Nodes;
using NSft.Deployment.Tests.Manifests;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>The ServiceMonitor finds the silos of every overlay, and gives them the name that the alerts know.</summary>
public sealed class ServiceMonitorTests
{
    public static TheoryData<string> Overlays => [.. Rendering.Overlays];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task ServiceMonitor_OnAnOverlay_FindsTheServiceThatNamesAllSilos(string overlay)
    {
        JsonObject monitor = (await Rendering.OfAsync("k8s/monitoring")).All("ServiceMonitor").Single();
        JsonObject endpoint = Rendering.Items(monitor["spec"]!["endpoints"]).Single();
        JsonObject service = (await Rendering.OfAsync(overlay)).All("Service").Single(one => Matches(monitor["spec"]!["selector"]!["matchLabels"]!.AsObject(), one));
        Assert.Equal("None", service["spec"]!["clusterIP"]!.GetValue<string>());
        Assert.True(service["spec"]!["publishNotReadyAddresses"]!.GetValue<bool>(), "silos that are not ready are scraped too");
        Assert.Equal(Namespace(monitor), Namespace(service));
        Assert.Contains(endpoint["port"]!.GetValue<string>(), Rendering.Items(service["spec"]!["ports"]).Select(port => port["name"]!.GetValue<string>()));
        JsonObject relabeling = Rendering.Items(endpoint["relabelings"]).Single(one => one["targetLabel"]!.GetValue<string>() == "job");
        Assert.Equal(MonitoredCluster.Job, relabeling["replacement"]!.GetValue<string>());
    }

    [Fact]
    public async Task Dashboard_OfTheConfigMap_IsTheOneOfTheCheckout()
    {
        JsonObject map = (await Rendering.OfAsync("k8s/monitoring")).One("ConfigMap", "nsft-dashboard");
        Assert.Equal("1", map["metadata"]!["labels"]!["grafana_dashboard"]!.GetValue<string>());
        Assert.Equal(Dashboard.Document.GetProperty("uid").GetString(), JsonNode.Parse(map["data"]!["nsft.json"]!.GetValue<string>())!["uid"]!.GetValue<string>());
    }

    private static bool Matches(JsonObject wanted, JsonObject one) =>
        wanted.All(label => JsonNode.DeepEquals(label.Value, one["metadata"]!["labels"]?[label.Key]));

    private static string Namespace(JsonObject one) => one["metadata"]!["namespace"]!.GetValue<string>();
}
