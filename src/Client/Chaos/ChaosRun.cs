using NSft.Client.Clusters;
using NSft.Client.Ledgers;
using NSft.Client.Parsing;
using NSft.Client.Processes;
using NSft.Collectives.Files;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Chaos;

/// <summary>
/// Trains once undisturbed on one worker in this process, and once on silo processes under faults; both must come to the same bits.
/// </summary>
/// <param name="settings">What is asked for.</param>
/// <param name="folder">Folder for state, logs and results of this run alone.</param>
/// <param name="say">Is told of what happens.</param>
internal sealed class ChaosRun(ChaosSettings settings, string folder, Action<string> say)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(3);

    private readonly string _state = Path.Combine(folder, "state");
    private readonly string _output = Path.Combine(folder, "disturbed");

    /// <summary>Runs all of it.</summary>
    public async Task<ChaosReport> RunAsync(CancellationToken cancellation)
    {
        OracleRun oracle = await OracleRun.RunAsync(settings, Path.Combine(folder, "undisturbed"), say, cancellation);
        ChaosReport report = new()
        {
            Seed = settings.Seed,
            Silos = settings.Silos,
            Mode = RunWords.Lower(settings.Mode.ToString()),
            Steps = oracle.Steps,
            OracleHash = HashOf(oracle.Output)!,
            OracleSeconds = oracle.Seconds,
        };
        SiloFleet fleet = new(_state);
        Directory.CreateDirectory(_state);
        try
        {
            return await DisturbAsync(fleet, oracle, report, cancellation);
        }
        finally
        {
            // Nobody needs these silos any more, so none is asked to leave in order.
            await fleet.EndAsync(fleet.Records.Living(), TimeSpan.Zero, _ => { }, CancellationToken.None);
        }
    }

    private async Task<ChaosReport> DisturbAsync(SiloFleet fleet, OracleRun oracle, ChaosReport report, CancellationToken cancellation)
    {
        SiloSettings silo = new(WorkersPerSilo: 1, Cuda: false, EndsWithStarter: true);
        await fleet.RaiseAsync(settings.Silos, silo, cancellation);
        await using ClusterConnection connection = await ClusterConnection.OpenAsync(new StateChoice(_state, "chaos"), cancellation);
        ElasticOptions elastic = new(StateMode: settings.Mode, CheckpointEvery: settings.CheckpointEvery, Name: "chaos");
        long begin = TimeProvider.System.GetTimestamp();
        string runId = await RunSubmission.SubmitAsync(connection, oracle.Options, _output, settings.Silos, elastic, cancellation);
        FaultInjector injector = new(connection, runId, new SiloLauncher(_state, silo), fleet.Records.Living(), say);
        RunStatus? status = await FollowAsync(connection, runId, injector, cancellation);
        return await FinishAsync(connection, runId, report, status, cancellation) with
        {
            Seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds,
            Faults = injector.Counts,
            Problems = [.. injector.Problems, .. Problems(status)],
        };
    }

    private async Task<RunStatus?> FollowAsync(ClusterConnection connection, string runId, FaultInjector injector, CancellationToken cancellation)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task? faults = null;
        int committed = -1;
        silence.CancelAfter(LongestSilence);
        try
        {
            return await new RunFollower(connection, runId).FollowAsync(
                status =>
                {
                    if (status.CommittedSteps != committed)
                    {
                        committed = status.CommittedSteps;
                        silence.CancelAfter(LongestSilence);
                    }

                    // Faults begin when there is something to lose.
                    faults ??= status.CommittedSteps > 0 ? injector.InjectAsync(FaultSchedule.Of(settings.Seed, settings.Silos), settings.Faults, ended.Token) : null;
                },
                silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await ended.CancelAsync();
            await (faults ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ChaosReport> FinishAsync(
        ClusterConnection connection, string runId, ChaosReport report, RunStatus? status, CancellationToken cancellation)
    {
        RunEventMessage[] events = await connection.CallAsync(() => connection.Run(runId).ReadEventsAsync(0), cancellation);
        LedgerReading ledger = await LedgerReading.ReadAsync(connection, runId, cancellation);
        return report with
        {
            Hash = HashOf(_output),
            DiscardedSteps = status?.DiscardedSteps ?? 0,
            Views = events.Count(one => one.Kind == RunEventKind.ViewChanged),
            CoordinatorLosses = events.Count(one => one.Kind == RunEventKind.CoordinatorRecovered),
            RollBacks = events.Count(one => one.Kind == RunEventKind.RolledBack),
            Recoveries = Recoveries.Of(events.Where(one => one.Kind == RunEventKind.Recovered).Select(one => one.Seconds)),
            Ledger = ledger.Check(report.Steps),
        };
    }

    private static IEnumerable<string> Problems(RunStatus? status)
    {
        if (status is null)
        {
            yield return FormattableString.Invariant($"no step was committed for {LongestSilence.TotalSeconds:0} s");
        }
        else if (status.Phase != RunPhase.Completed)
        {
            yield return $"the run is {RunWords.Of(status.Phase)}: {status.Failure?.Message}";
        }
    }

    private static string? HashOf(string model)
    {
        string path = Path.Combine(model, "model.safetensors");
        return File.Exists(path) ? FileHash.OfFile(path) : null;
    }
}
