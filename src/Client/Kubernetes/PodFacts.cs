using System.Text.Json.Nodes;

namespace NSft.Client.Kubernetes;

/// <summary>What the API server knows of a silo's pod.</summary>
internal sealed record PodFacts
{
    /// <summary>Label with the revision of the StatefulSet that a pod was made from.</summary>
    private const string RevisionLabel = "controller-revision-hash";

    /// <summary>Kubernetes' name of GPUs as a resource.</summary>
    private const string GpuResource = "nvidia.com/gpu";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its address; null while it has none.</summary>
    public string? Address { get; init; }

    /// <summary>Port of metrics and health; null where the manifest names none.</summary>
    public int? HttpPort { get; init; }

    /// <summary>Whether its silo takes work.</summary>
    public bool IsReady { get; init; }

    /// <summary>Whether it was asked to end.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Whether it asks for a GPU.</summary>
    public bool WantsGpu { get; init; }

    /// <summary>The image it runs.</summary>
    public string? Image { get; init; }

    /// <summary>The revision it was made from.</summary>
    public string? Revision { get; init; }

    /// <summary>How often its container was started again.</summary>
    public int RestartCount { get; init; }

    /// <summary>Why no node takes it; null for a node that does.</summary>
    public string? Unschedulable { get; init; }

    /// <summary>Why its container waits, in Kubernetes' word; null for a container that runs.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? WaitingMessage { get; init; }

    /// <summary>How the container ended last, in Kubernetes' word; null for one that never ended.</summary>
    public string? EndReason { get; init; }

    /// <summary>Its exit code then.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last line that it said then; null for none.</summary>
    public string? LastWords { get; init; }

    /// <summary>Reads a pod.</summary>
    public static PodFacts Of(JsonNode pod)
    {
        JsonNode? container = pod["spec"]?["containers"]?.AsArray().FirstOrDefault();
        JsonNode? status = pod["status"]?["containerStatuses"]?.AsArray().FirstOrDefault();
        JsonNode? ended = status?["state"]?["terminated"] ?? status?["lastState"]?["terminated"];
        JsonNode? waiting = status?["state"]?["waiting"];
        return new PodFacts
        {
            Name = (string)pod["metadata"]!["name"]!,
            Address = (string?)pod["status"]?["podIP"],
            HttpPort = (int?)container?["ports"]?.AsArray().FirstOrDefault(port => (string?)port?["name"] == "http")?["containerPort"],
            IsReady = Condition(pod, "Ready") is { } ready && (string?)ready["status"] == "True",
            IsEnding = pod["metadata"]?["deletionTimestamp"] is not null,
            WantsGpu = container?["resources"]?["limits"]?[GpuResource] is not null,
            Image = (string?)container?["image"],
            Revision = (string?)pod["metadata"]?["labels"]?[RevisionLabel],
            RestartCount = (int?)status?["restartCount"] ?? 0,
            Unschedulable = Condition(pod, "PodScheduled") is { } scheduled && (string?)scheduled["status"] == "False" ? (string?)scheduled["message"] ?? "" : null,
            WaitingReason = (string?)waiting?["reason"],
            WaitingMessage = (string?)waiting?["message"],
            EndReason = (string?)ended?["reason"],
            ExitCode = (int?)ended?["exitCode"],
            LastWords = ((string?)ended?["message"])?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault(),
        };
    }

    private static JsonNode? Condition(JsonNode pod, string type) => pod["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition?["type"] == type);
}
