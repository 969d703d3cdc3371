using System.Text.Json;
using NSft.Tests;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>The Grafana dashboard.</summary>
internal static class Dashboard
{
    /// <summary>The dashboard's document.</summary>
    public static JsonElement Document { get; } =
        JsonDocument.Parse(File.ReadAllText(RepositoryPaths.At("k8s", "monitoring", "dashboard.json"))).RootElement;

    /// <summary>Its panels; rows, which only hold a title, are none.</summary>
    public static IReadOnlyList<Panel> Panels { get; } =
        [.. Document.GetProperty("panels").EnumerateArray().Where(panel => Text(panel, "type") != "row").Select(Read)];

    /// <summary>All queries of the panels.</summary>
    public static IEnumerable<string> Queries => Panels.SelectMany(panel => panel.Queries);

    /// <summary>What Grafana asks for a query: its variables replaced by all namespaces and by an interval.</summary>
    public static string Resolve(string query, string interval) => query
        .Replace("$namespace", ".*", StringComparison.Ordinal)
        .Replace("$__rate_interval", interval, StringComparison.Ordinal);

    private static Panel Read(JsonElement panel) => new(
        Text(panel, "title"),
        Text(panel, "description"),
        Text(panel.GetProperty("fieldConfig").GetProperty("defaults"), "unit"),
        [.. panel.GetProperty("targets").EnumerateArray().Select(target => Text(target, "expr")!)]);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
