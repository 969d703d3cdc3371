using System.Globalization;

namespace NSft.Grains.Contracts;

/// <summary>Keys of shard workers.</summary>
public static class WorkerKey
{
    /// <summary>The key of a worker of a run. Ordinal order of the keys is the order of the indices.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="index">Index of the worker when it was made, from 0.</param>
    public static string Of(string runId, int index) => string.Create(CultureInfo.InvariantCulture, $"{runId}/worker-{index:D4}");
}
