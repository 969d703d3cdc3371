using NSft.Deployment.Tests.Manifests;
using NSft.Tests;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>Recording rules and alerts, judged by Prometheus' own tool.</summary>
public sealed class RuleTests : IDisposable
{
    private static readonly string UnitTests = RepositoryPaths.At("tests", "Deployment.Tests", "Monitoring", "rules.test.yaml");

    private readonly RuleFile _rules = new();

    public void Dispose() => _rules.Dispose();

    [Fact]
    public async Task Rules_OfTheManifest_PassPromtool() =>
        Assert.Contains($"{_rules.All.Count} rules found", await ToolProcess.RunAsync("promtool", ["check", "rules", _rules.Path]), StringComparison.Ordinal);

    [Fact]
    public async Task Rules_OnSeriesMadeByHand_RecordAndFireAsTold() =>
        Assert.Contains("SUCCESS", await ToolProcess.RunAsync("promtool", ["test", "rules", _rules.Take(UnitTests)]), StringComparison.Ordinal);

    [Fact]
    public async Task EveryRule_OfTheManifest_HasAUnitTest()
    {
        string tests = await File.ReadAllTextAsync(UnitTests, TestContext.Current.CancellationToken);
        Assert.All(_rules.All, rule => Assert.All(Forms(rule), form => Assert.Contains(form, tests, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EveryAlert_OfTheManifest_IsToldInTheDocumentItNames()
    {
        Rule[] alerts = [.. _rules.All.Where(rule => rule.IsAlert)];
        Assert.Equal(alerts.Select(alert => $"docs/alerts.md#{alert.Name.ToLowerInvariant()}"), alerts.Select(alert => alert.Runbook));
        string[] lines = await File.ReadAllLinesAsync(RepositoryPaths.At("docs", "alerts.md"), TestContext.Current.CancellationToken);
        Assert.Equal(alerts.Select(alert => alert.Name), lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]));
    }

    /// <summary>What the unit tests hold of a rule: the recorded name, or a time at which the alert fires and one at which it does not.</summary>
    private static string[] Forms(Rule rule) => rule.IsAlert ? [$"- alertname: {rule.Name}\n", $"- {{ alertname: {rule.Name}, "] : [rule.Name];
}
