using NSft.Collectives.Metrics;

namespace NSft.Storage;

/// <summary>What object stores are asked and how they answer.</summary>
internal static class StorageInstruments
{
    internal const string Done = "ok";
    internal const string Conflict = "conflict";
    internal const string Failed = "failed";
    internal const string Cancelled = "cancelled";

    private static readonly LabelValues Operation =
        new("operation", "find", "list", "read", "write", "append", "upload", "download", "delete", "other");

    /// <summary>Operations by outcome; tries within one are not counted by themselves.</summary>
    internal static readonly CounterFamily Requests = new(
        "nsft.storage.requests", "{request}", "Operations on object stores by outcome", Operation, new LabelValues("outcome", Done, Conflict, Cancelled, Failed));

    /// <summary>Time of operations, tries and pauses included.</summary>
    internal static readonly DurationFamily Duration = new(
        "nsft.storage.duration", "Time of operations on object stores, tries and pauses included", [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 500], Operation);
}
