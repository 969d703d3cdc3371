using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Client.Quickstart;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Benches;

/// <summary>Kills silo processes of a run, one after the other, and times how long the run takes to commit again.</summary>
/// <param name="silos">Silo processes, one worker each.</param>
/// <param name="trials">Kills.</param>
/// <param name="globalBatch">Rows of a step.</param>
/// <param name="say">Is told of each kill.</param>
internal sealed class RecoveryBench(int silos, int trials, int globalBatch, Action<string> say)
{
    // The run goes on for as long as there are kills left; it is cancelled then.
    private const int EndlessSteps = 1_000_000;
    private const int StepsBetween = 4;

    /// <summary>Silo processes.</summary>
    public int Silos => silos;

    /// <summary>Kills.</summary>
    public int Trials => trials;

    /// <summary>Rows of a step.</summary>
    public int GlobalBatch => globalBatch;

    /// <summary>Runs the trials.</summary>
    /// <returns>Seconds from each kill to the next commit in a view without the killed worker.</returns>
    public async Task<IReadOnlyList<double>> RunAsync(CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("nsft-bench-").FullName;
        SiloFleet fleet = new(folder);
        try
        {
            SiloSettings settings = new(WorkersPerSilo: 1, Cuda: false, EndsWithStarter: true);
            await fleet.RaiseAsync(silos, settings, cancellation);
            await using ClusterConnection connection = await ClusterConnection.OpenAsync(new StateChoice(folder, "bench"), cancellation);
            string runId = await RunSubmission.SubmitAsync(connection, SampleWorld.Find().Training(EndlessSteps) with { GlobalBatch = globalBatch }, Path.Combine(folder, "out"), silos, new ElasticOptions(Name: "bench"), cancellation);
            List<double> seconds = [];
            for (int trial = 0; trial < trials; trial++)
            {
                seconds.Add(await TryAsync(connection, runId, fleet, trial, cancellation));
                say(string.Create(CultureInfo.InvariantCulture, $"kill {trial + 1} of {trials}: {seconds[^1]:0.00} s"));
                await fleet.RaiseAsync(silos, settings, cancellation);
            }

            return seconds;
        }
        finally
        {
            await fleet.EndAsync(fleet.Records.Living(), TimeSpan.Zero, _ => { }, CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<double> TryAsync(ClusterConnection connection, string runId, SiloFleet fleet, int trial, CancellationToken cancellation)
    {
        RunStatus steady = await WaitAsync(connection, runId, IsWhole, cancellation);
        int target = steady.CommittedSteps + StepsBetween;
        RunStatus before = await WaitAsync(connection, runId, status => status.CommittedSteps >= target && IsWhole(status), cancellation);
        WorkerSeat victim = before.View!.Seats[trial % silos];
        SiloRecord record = fleet.Records.Living().FirstOrDefault(silo => silo.Silo == victim.Silo)
            ?? throw new InvalidOperationException($"No process has the silo {victim.Silo}.");
        long killed = TimeProvider.System.GetTimestamp();
        _ = NativeProcess.Send(record.Process, ProcessSignal.Kill);

        // A commit of the old view may still come in; the first one without the killed worker counts.
        await WaitAsync(connection, runId, status => status.Steps.Any(step => step.ViewVersion > before.View.Version), cancellation, before.CommittedSteps);
        return TimeProvider.System.GetElapsedTime(killed).TotalSeconds;
    }

    private bool IsWhole(RunStatus status) => status.Phase == RunPhase.Running && status.View is ViewMessage view && view.Seats.Count(seat => !seat.IsPassive) == silos;

    private static async Task<RunStatus> WaitAsync(
        ClusterConnection connection, string runId, Func<RunStatus, bool> isReached, CancellationToken cancellation, int knownSteps = 0)
    {
        int known = knownSteps;
        RunPhase phase = RunPhase.None;
        while (true)
        {
            RunStatus status = await connection.CallAsync(() => connection.Run(runId).WatchAsync(known, phase), cancellation);
            if (isReached(status))
            {
                return status;
            }

            if (status.Phase.IsTerminal())
            {
                throw new InvalidOperationException($"The run is {RunWords.Of(status.Phase)}: {status.Failure?.Message}");
            }

            known = Math.Max(known, status.CommittedSteps);
            phase = status.Phase;
        }
    }
}
