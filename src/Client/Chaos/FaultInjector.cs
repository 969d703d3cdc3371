using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Processes;
using NSft.Grains.Contracts;

namespace NSft.Client.Chaos;

/// <summary>Does to a cluster of processes what a schedule says, and ends all that still lasts when it is told to.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="runId">The run.</param>
/// <param name="launcher">Starts silos.</param>
/// <param name="silos">The silos at the start.</param>
/// <param name="say">Is told of each fault.</param>
internal sealed class FaultInjector(ClusterConnection connection, string runId, SiloLauncher launcher, IEnumerable<SiloRecord> silos, Action<string> say)
{
    private readonly Dictionary<string, SiloRecord> _silos = silos.ToDictionary(silo => silo.Name, StringComparer.Ordinal);
    private readonly Dictionary<FaultKind, int> _counts = [];
    private readonly List<string> _problems = [];
    private readonly List<Task> _lasting = [];

    /// <summary>Faults done, by kind.</summary>
    public IReadOnlyDictionary<FaultKind, int> Counts => _counts;

    /// <summary>What should not have happened, one line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    private IRunGrain Run => connection.Run(runId);

    /// <summary>Injects faults until it is told to stop, then lets frozen silos go on and the run resume.</summary>
    public async Task InjectAsync(IEnumerable<Fault> schedule, TimeSpan duration, CancellationToken stop)
    {
        long begin = TimeProvider.System.GetTimestamp();
        foreach (Fault fault in schedule.TakeWhile(fault => fault.At < duration))
        {
            TimeSpan wait = fault.At - TimeProvider.System.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (stop.IsCancellationRequested)
            {
                break;
            }

            await DoAsync(fault, stop).ConfigureAwait(false);
            _counts[fault.Kind] = _counts.GetValueOrDefault(fault.Kind) + 1;
        }

        await Task.WhenAll(_lasting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DoAsync(Fault fault, CancellationToken stop)
    {
        say(string.Create(CultureInfo.InvariantCulture, $"{fault.At.TotalSeconds,6:0.0} s  {Describe(fault)}"));
        switch (fault.Kind)
        {
            case FaultKind.Kill or FaultKind.DoubleKill:
                Send(fault.Silos, ProcessSignal.Kill);
                Forget(fault.Silos);
                break;
            case FaultKind.Drain:
                Send(fault.Silos, ProcessSignal.Terminate);
                Forget(fault.Silos);
                break;
            case FaultKind.Freeze:
                Send(fault.Silos, ProcessSignal.Stop);
                _lasting.Add(ThawAsync(_silos.GetValueOrDefault(fault.Silos[0]), fault.Lasts, stop));
                break;
            case FaultKind.Join:
                SiloRecord silo = await launcher.StartAsync(fault.Silos[0], stop).ConfigureAwait(false);
                _silos.Add(silo.Name, silo);
                break;
            case FaultKind.Scale:
                _lasting.Add(AskAsync(run => run.ScaleAsync(fault.Workers), stop));
                break;
            default:
                _lasting.Add(PauseAsync(fault.Lasts, stop));
                break;
        }
    }

    private static string Describe(Fault fault)
    {
        string word = ChaosReportText.Word(fault.Kind);
        return fault.Kind switch
        {
            FaultKind.Scale => string.Create(CultureInfo.InvariantCulture, $"{word} to {fault.Workers}"),
            FaultKind.Pause => string.Create(CultureInfo.InvariantCulture, $"{word} for {fault.Lasts.TotalSeconds:0.0} s"),
            FaultKind.Freeze => string.Create(CultureInfo.InvariantCulture, $"{word} {fault.Silos[0]} for {fault.Lasts.TotalSeconds:0.0} s"),
            _ => $"{word} {string.Join(" and ", fault.Silos)}",
        };
    }

    private void Send(IReadOnlyList<string> names, ProcessSignal signal)
    {
        foreach (string name in names)
        {
            if (!_silos.TryGetValue(name, out SiloRecord? silo) || !NativeProcess.Send(silo.Process, signal))
            {
                _problems.Add($"{name} was gone before its turn; {silo?.Log ?? "nsft logs"} says why");
            }
        }
    }

    private void Forget(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            _silos.Remove(name);
        }
    }

    private static async Task ThawAsync(SiloRecord? silo, TimeSpan after, CancellationToken stop)
    {
        await Task.Delay(after, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (silo is not null)
        {
            _ = NativeProcess.Send(silo.Process, ProcessSignal.Continue);
        }
    }

    private async Task PauseAsync(TimeSpan lasts, CancellationToken stop)
    {
        await AskAsync(run => run.PauseAsync(), stop).ConfigureAwait(false);
        await Task.Delay(lasts, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await AskAsync(run => run.ResumeAsync(), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>A run that ends meanwhile hears no more commands; that is no fault of its.</summary>
    private async Task AskAsync(Func<IRunGrain, Task> ask, CancellationToken stop)
    {
        try
        {
            await connection.CallAsync(() => ask(Run), stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException)
        {
            say($"not heard: {error.Message}");
        }
    }
}
