namespace NSft.Deployment.Tests.Monitoring;

/// <summary>Rules and dashboard read only what docs/metrics.md promises, and show all of it that somebody may look for.</summary>
public sealed class MetricNameTests
{
    [Fact]
    public void EveryQuery_OfRulesAndDashboard_ReadsPromisedMetrics()
    {
        using RuleFile rules = new();
        string[] queries = [.. rules.All.Select(rule => rule.Expression), .. Dashboard.Panels.SelectMany(panel => panel.Queries)];
        string[] unknown = [.. queries.SelectMany(MetricNames.Selectors).Select(MetricNames.NameOf).Distinct().Where(name => !MetricNames.Promised.Contains(name))];
        Assert.True(unknown.Length == 0, $"not in docs/metrics.md: {string.Join(", ", unknown)}");
    }
}
