using System.Text.Json;
using NSft.Deployment.Tests.Manifests;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>The dashboard is whole, and reads nothing that silos do not write.</summary>
public sealed class DashboardTests
{
    /// <summary>Identifiers of Grafana's units that the panels use.</summary>
    private static readonly HashSet<string> Units = ["none", "short", "s", "sci", "bytes", "Bps", "reqps", "percentunit"];

    [Fact]
    public void EveryPanel_OfTheDashboard_HasTitleDescriptionUnitAndQuery()
    {
        Assert.NotEmpty(Dashboard.Panels);
        Assert.All(Dashboard.Panels, panel =>
        {
            Assert.False(string.IsNullOrWhiteSpace(panel.Title));
            Assert.False(string.IsNullOrWhiteSpace(panel.Description), panel.Title);
            Assert.Contains(panel.Unit!, Units);
            Assert.NotEmpty(panel.Queries);
            Assert.All(panel.Queries, query => Assert.Contains("namespace=~\"$namespace\"", query, StringComparison.Ordinal));
        });
        Assert.Distinct(Dashboard.Panels.Select(panel => panel.Title));
    }

    [Fact]
    public void Panels_OfTheDashboard_DoNotOverlap()
    {
        HashSet<(int Column, int Row)> taken = [];
        foreach (JsonElement place in Dashboard.Document.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("gridPos")))
        {
            int right = place.GetProperty("x").GetInt32() + place.GetProperty("w").GetInt32();
            int bottom = place.GetProperty("y").GetInt32() + place.GetProperty("h").GetInt32();
            Assert.InRange(right, 1, 24);
            for (int column = place.GetProperty("x").GetInt32(); column < right; column++)
            {
                for (int row = place.GetProperty("y").GetInt32(); row < bottom; row++)
                {
                    Assert.True(taken.Add((column, row)), place.ToString());
                }
            }
        }
    }

    [Fact]
    public async Task EveryQuery_OfTheDashboard_IsUnderstoodByPrometheus()
    {
        using RuleFile rules = new();
        string file = rules.At("dashboard.yaml");
        string[] lines = [.. Dashboard.Queries.Distinct().Select((query, index) =>
            $"- {{ record: query_{index}, expr: {JsonSerializer.Serialize(Dashboard.Resolve(query, "1m"))} }}")];
        await File.WriteAllLinesAsync(file, ["groups:", "- name: dashboard", "  rules:", .. lines.Select(line => $"  {line}")], TestContext.Current.CancellationToken);
        Assert.Contains($"{lines.Length} rules found", await ToolProcess.RunAsync("promtool", ["check", "rules", file]), StringComparison.Ordinal);
    }
}
