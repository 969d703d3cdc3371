using Microsoft.Extensions.Logging;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>Log messages of runs; event ids 1000 to 1099.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1000, LogLevel.Information, "Run {RunId} starts with {WorkerCount} workers")]
    internal static partial void Started(ILogger logger, string runId, int workerCount);

    [LoggerMessage(1001, LogLevel.Information, "Run {RunId} is {Phase} after {Step} steps")]
    internal static partial void Entered(ILogger logger, string runId, RunPhase phase, int step);

    [LoggerMessage(1002, LogLevel.Error, "The coordinator of run {RunId} failed")]
    internal static partial void CoordinatorFailed(ILogger logger, string runId, Exception exception);
}
