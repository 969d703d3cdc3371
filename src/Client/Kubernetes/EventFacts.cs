using System.Text.Json.Nodes;

namespace NSft.Client.Kubernetes;

/// <summary>A warning of Kubernetes about an object.</summary>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Kubernetes' word.</param>
/// <param name="Message">What happened.</param>
internal sealed record EventFacts(string Kind, string Name, string Reason, string Message)
{
    /// <summary>The warnings of a list, the newest of each object and reason.</summary>
    public static IReadOnlyList<EventFacts> Of(JsonNode list) =>
    [
        .. (list["items"]?.AsArray() ?? [])
            .Where(item => (string?)item?["type"] == "Warning")
            .OrderByDescending(item => (string?)item!["lastTimestamp"] ?? (string?)item["eventTime"], StringComparer.Ordinal)
            .Select(item => new EventFacts(
                (string?)item!["involvedObject"]?["kind"] ?? "", (string?)item["involvedObject"]?["name"] ?? "", (string?)item["reason"] ?? "", (string?)item["message"] ?? ""))
            .DistinctBy(one => (one.Kind, one.Name, one.Reason)),
    ];
}
