using System.Text.RegularExpressions;
using NSft.Tests;

namespace NSft.Deployment.Tests.Monitoring;

/// <summary>The metrics that docs/metrics.md promises, and those that queries read.</summary>
internal static partial class MetricNames
{
    /// <summary>Names on <c>/metrics</c>; a histogram's with its three endings.</summary>
    public static IReadOnlySet<string> Promised { get; } = File.ReadAllLines(RepositoryPaths.At("docs", "metrics.md"))
        .Select(line => PromisedRow().Match(line))
        .Where(row => row.Success)
        .SelectMany(row => Series(row.Groups[1].Value.Replace('.', '_'), row.Groups[2].Value.Contains("histogram", StringComparison.OrdinalIgnoreCase)))
        .ToHashSet();

    /// <summary>The selectors of a query that read metrics of silos: names with their label matchers.</summary>
    public static IEnumerable<string> Selectors(string query) => Selector().Matches(query).Select(match => match.Value);

    /// <summary>A selector's metric.</summary>
    public static string NameOf(string selector) => selector.Split('{')[0];

    /// <summary>A metric of a histogram's series; others as they are.</summary>
    public static string WithoutEnding(string name) => Ending().Replace(name, "");

    private static string[] Series(string name, bool isHistogram) => isHistogram ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];

    [GeneratedRegex(@"^\| `(nsft\.[a-z.]+)`(.*)$")]
    private static partial Regex PromisedRow();

    [GeneratedRegex(@"(?<![\w:])nsft_[a-z_]+(?![\w:])(\{[^}]*\})?")]
    private static partial Regex Selector();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Ending();
}
