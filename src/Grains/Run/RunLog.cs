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

    [LoggerMessage(1002, LogLevel.Error, "The coordinator of run {RunId} failed after {Step} steps")]
    internal static partial void CoordinatorFailed(ILogger logger, string runId, int step, Exception exception);

    [LoggerMessage(1003, LogLevel.Information, "Run {RunId} after {Step} steps: {Kind}: {Text}")]
    internal static partial void Happened(ILogger logger, string runId, int step, RunEventKind kind, string text);

    [LoggerMessage(1004, LogLevel.Warning, "Another coordinator has taken over run {RunId} after {Step} steps or later; this one stops")]
    internal static partial void Abdicated(ILogger logger, string runId, int step);

    [LoggerMessage(1005, LogLevel.Warning, "Runs could not be looked after: {Reason}")]
    internal static partial void KeeperFailed(ILogger logger, string reason);

    [LoggerMessage(1006, LogLevel.Information, "Silo {Silo} drains: its workers leave {RunCount} runs at their next step boundary")]
    internal static partial void Draining(ILogger logger, string silo, int runCount);

    [LoggerMessage(1007, LogLevel.Debug, "Run {RunId} has committed step {Step} in view {View}: loss {Loss}, gradient norm {GradientNorm}")]
    internal static partial void Committed(ILogger logger, string runId, int step, long view, double loss, double gradientNorm);
}
