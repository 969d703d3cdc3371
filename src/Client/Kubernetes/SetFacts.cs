using System.Text.Json.Nodes;

namespace NSft.Client.Kubernetes;

/// <summary>What the API server knows of the StatefulSet of the silos.</summary>
/// <param name="Wanted">Silos wanted.</param>
/// <param name="Selector">Labels of its pods, as a query has them.</param>
/// <param name="Revision">The revision that all pods shall be of.</param>
internal sealed record SetFacts(int Wanted, string Selector, string? Revision)
{
    /// <summary>Reads a StatefulSet.</summary>
    public static SetFacts Of(JsonNode set) => new(
        (int?)set["spec"]?["replicas"] ?? 0,
        string.Join(',', set["spec"]?["selector"]?["matchLabels"]?.AsObject().Select(label => $"{label.Key}={label.Value}") ?? []),
        (string?)set["status"]?["updateRevision"]);
}
