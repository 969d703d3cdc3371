using NSft.Client.Output;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Clusters;

/// <summary>Follows a run on a cluster of processes to its end, through the deaths of silos.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="runId">The run.</param>
internal sealed class RunFollower(ClusterConnection connection, string runId)
{
    // Who follows a run has time: all silos but a frozen one may have to come back first.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Follows the run.</summary>
    /// <param name="told">Receives each status; its steps are those not told before.</param>
    /// <param name="cancellation">Ends following; the run goes on.</param>
    /// <returns>The last status.</returns>
    public async Task<RunStatus> FollowAsync(Action<RunStatus> told, CancellationToken cancellation)
    {
        IRunGrain run = connection.Run(runId);
        int known = 0;
        RunPhase phase = RunPhase.None;
        while (true)
        {
            RunStatus status = await connection.CallAsync(() => run.WatchAsync(known, phase), cancellation, Patience).ConfigureAwait(false);
            known = Math.Max(known, status.CommittedSteps);
            phase = status.Phase;
            told(status);
            if (phase.IsTerminal())
            {
                return status;
            }
        }
    }

    /// <summary>What the end of a run means to the shell.</summary>
    public static int ExitCodeOf(RunStatus status) => status switch
    {
        { Phase: RunPhase.Completed } => ExitCodes.Success,
        { Phase: RunPhase.Cancelled } => ExitCodes.Interrupted,
        { Failure.Kind: FailureKind.UserInput } => ExitCodes.UserError,
        _ => ExitCodes.InternalError,
    };

    /// <summary>One line on how a run ended.</summary>
    public static string EndLine(string runId, RunStatus status, string? output) => status.Phase switch
    {
        RunPhase.Completed => $"{runId}: completed{(output is null ? "" : $", {output}")}, weights {status.WeightsHash?[..16]}",
        RunPhase.Cancelled => $"{runId}: cancelled",
        _ => $"{runId}: failed: {FailureReport.OneLine(status.Failure?.Message ?? "for a reason that was not told")}",
    };
}
