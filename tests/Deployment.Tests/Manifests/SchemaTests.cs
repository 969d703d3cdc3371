using System.Text.Json.Nodes;
using NSft.Tests;

namespace NSft.Deployment.Tests.Manifests;

/// <summary>Every object that is applied is one that the API server takes.</summary>
public sealed class SchemaTests
{
    /// <summary>All folders with a kustomization that is applied as it is.</summary>
    public static TheoryData<string> Applied => [.. Rendering.Overlays, .. new[] { "k8s/autoscaling", "k8s/monitoring" }
        .Where(folder => File.Exists(RepositoryPaths.At(folder, "kustomization.yaml")))];

    [Theory]
    [MemberData(nameof(Applied))]
    public async Task Objects_OfAFolder_FitTheirSchemas(string folder)
    {
        Rendering rendered = await Rendering.OfAsync(folder);
        Assert.NotEmpty(rendered.Objects);
        Assert.Empty(await SchemaCheck.FindAsync(rendered.Objects));
    }

    [Theory]
    [InlineData("k8s/components/redis")]
    [InlineData("k8s/components/workload-identity")]
    [InlineData("k8s/components/workload-identity", "k8s/components/redis")]
    public async Task Objects_WithComponents_FitTheirSchemas(params string[] components) =>
        Assert.Empty(await SchemaCheck.FindAsync((await Rendering.WithAsync("k8s/overlays/gpu", components)).Objects));

    [Fact]
    public async Task Check_BrokenObject_NamesEachFault()
    {
        JsonObject silos = (await Rendering.OfAsync("k8s/overlays/gpu")).Silos.DeepClone().AsObject();
        silos["spec"]!["replicas"] = "three";
        JsonObject container = Rendering.Containers(silos).Single();
        container["readinessProbe"]!["periodSecond"] = 5;
        Assert.Contains("must be integer", Assert.Single(await SchemaCheck.FindAsync([silos])), StringComparison.Ordinal);

        silos["spec"]!.AsObject().Remove("replicas");
        Assert.Contains("readinessProbe/periodSecond is no field", Assert.Single(await SchemaCheck.FindAsync([silos])), StringComparison.Ordinal);
    }
}
