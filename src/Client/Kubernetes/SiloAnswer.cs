using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NSft.Client.Kubernetes;

/// <summary>What a silo says of itself over HTTP.</summary>
/// <param name="Status">Whether it takes work, in a word.</param>
/// <param name="Reason">Why not; null when it does.</param>
/// <param name="Version">Version of its program; null when it does not say.</param>
/// <param name="GpuCount">GPUs that it sees.</param>
/// <param name="FailedStorageRequests">Operations on the object store that failed after all tries.</param>
internal sealed record SiloAnswer(string Status, string? Reason, string? Version, int GpuCount, long FailedStorageRequests)
{
    private const string DeviceMetric = "nsft_device_memory{";
    private const string StorageMetric = "nsft_storage_requests{";

    /// <summary>Reads the answers of <c>/healthz/ready</c> and <c>/metrics</c>.</summary>
    /// <returns>Null when the first is none of a silo.</returns>
    public static SiloAnswer? Read(string health, string metrics)
    {
        try
        {
            // An API server that cannot reach the pod answers by an object of kind Status.
            if (JsonNode.Parse(health) is not JsonObject answer || answer["kind"] is not null || (string?)answer["status"] is not { } status)
            {
                return null;
            }

            string[] lines = metrics.Split('\n');
            return new SiloAnswer(
                status,
                (string?)answer["reason"],
                (string?)answer["version"],
                lines.Count(line => line.StartsWith(DeviceMetric, StringComparison.Ordinal)
                    && line.Contains("device=\"cuda:", StringComparison.Ordinal) && line.Contains("kind=\"total\"", StringComparison.Ordinal)),
                (long)lines.Where(line => line.StartsWith(StorageMetric, StringComparison.Ordinal) && line.Contains("outcome=\"failed\"", StringComparison.Ordinal)).Sum(ValueOf));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static double ValueOf(string line) =>
        double.TryParse(line[(line.LastIndexOf(' ') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : 0;
}
