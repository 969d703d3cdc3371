namespace NSft.Deployment.Tests.Monitoring;

/// <summary>Recording rules and alerts, judged by Prometheus' own tool.</summary>
public sealed class RuleTests
{
    [Fact]
    public async Task Rules_OfTheManifest_PassPromtool()
    {
        using RuleFile rules = new();
        Assert.Contains("SUCCESS", await PromTool.RunAsync("check", "rules", rules.Path), StringComparison.Ordinal);
    }
}
