namespace NSft.Deployment.Tests.Monitoring;

/// <summary>What is promised to be measured and what is read of it are the same.</summary>
public sealed class MetricNameTests
{
    [Fact]
    public async Task EveryQuery_OfRulesDashboardAndAutoscaler_ReadsPromisedMetrics()
    {
        using RuleFile rules = new();
        IEnumerable<string> queries = [.. rules.All.Select(rule => rule.Expression), .. Dashboard.Queries, .. await Autoscaler.QueriesAsync()];
        string[] unknown = [.. queries.SelectMany(MetricNames.Selectors).Select(MetricNames.NameOf).Distinct().Where(name => !MetricNames.Promised.Contains(name))];
        Assert.True(unknown.Length == 0, $"not in docs/metrics.md: {string.Join(", ", unknown)}");
    }

    [Fact]
    public void EveryPromisedMetric_OfTheDocument_IsOnTheDashboard()
    {
        HashSet<string> shown = [.. Dashboard.Queries.SelectMany(MetricNames.Selectors).Select(MetricNames.NameOf).Select(MetricNames.WithoutEnding)];
        Assert.Superset(MetricNames.Promised.Select(MetricNames.WithoutEnding).ToHashSet(), shown);
    }
}
