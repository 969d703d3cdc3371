using System.Globalization;
using NSft.Collectives;

namespace NSft.Client.Processes;

/// <summary>Brings silo processes of a state directory up and down.</summary>
/// <param name="stateDirectory">Full path of the state directory.</param>
internal sealed class SiloFleet(string stateDirectory)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    /// <summary>The records of the processes.</summary>
    public SiloRecords Records { get; } = new(stateDirectory);

    /// <summary>Starts as many silos as are missing up to a number and waits until all have joined.</summary>
    /// <param name="count">Silos wanted; more than that are left as they are.</param>
    /// <param name="settings">What new silos offer.</param>
    /// <param name="cancellation">Ends the wait; silos that were started go on.</param>
    /// <returns>How many were started.</returns>
    public async Task<int> RaiseAsync(int count, SiloSettings settings, CancellationToken cancellation)
    {
        SiloLauncher launcher = new(stateDirectory, settings);
        List<SiloRecord> wanted = [.. Records.Living().Where(record => record.State != SiloProcessState.Draining && !record.Process.IsStopped)];
        int started = 0;
        for (; wanted.Count < count; started++)
        {
            wanted.Add(await launcher.StartAsync(name: null, cancellation).ConfigureAwait(false));
        }

        await WaitActiveAsync(wanted, cancellation).ConfigureAwait(false);
        return started;
    }

    /// <summary>Waits until silos have joined.</summary>
    /// <exception cref="UserInputException">One ended, or takes too long.</exception>
    public async Task WaitActiveAsync(IReadOnlyList<SiloRecord> silos, CancellationToken cancellation)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Whether a process lives is asked before its record is read: a dead one's record disappears.
            SiloRecord? dead = silos.FirstOrDefault(silo => !silo.IsAlive);
            HashSet<ProcessIdentity> active = [.. Records.Living().Where(record => record.State == SiloProcessState.Active).Select(record => record.Process)];
            if (silos.All(silo => active.Contains(silo.Process)))
            {
                return;
            }

            if (dead is not null)
            {
                throw new UserInputException($"{dead.Name} ended before it joined: {LastWords(dead)}; the whole log is in {dead.Log}");
            }

            if (TimeProvider.System.GetElapsedTime(begin) > LongestStart)
            {
                SiloRecord late = silos.First(silo => !active.Contains(silo.Process));
                throw new UserInputException(string.Create(CultureInfo.InvariantCulture,
                    $"{late.Name} has not joined within {LongestStart.TotalSeconds:0} s; {late.Log} says what it waits for, nsft down --now ends it"));
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ends silos: asks them to leave and waits, then ends those that are left at once.</summary>
    /// <param name="silos">The silos.</param>
    /// <param name="patience">How long they may take to leave; zero to end them at once.</param>
    /// <param name="left">Is told the names of those that are left whenever they change.</param>
    /// <param name="cancellation">Ends the wait; what still runs goes on.</param>
    /// <returns>Names of those that did not leave by themselves.</returns>
    public async Task<IReadOnlyList<string>> EndAsync(
        IReadOnlyList<SiloRecord> silos, TimeSpan patience, Action<IReadOnlyList<string>> left, CancellationToken cancellation)
    {
        if (patience > TimeSpan.Zero)
        {
            foreach (SiloRecord silo in silos)
            {
                _ = NativeProcess.Send(silo.Process, ProcessSignal.Terminate);

                // A stopped process hears nothing until it goes on.
                _ = NativeProcess.Send(silo.Process, ProcessSignal.Continue);
            }
        }

        IReadOnlyList<SiloRecord> stubborn = await WaitGoneAsync(silos, patience, left, cancellation).ConfigureAwait(false);
        foreach (SiloRecord silo in stubborn)
        {
            _ = NativeProcess.Send(silo.Process, ProcessSignal.Kill);
        }

        _ = await WaitGoneAsync(stubborn, LongestStart, _ => { }, cancellation).ConfigureAwait(false);
        _ = Records.Living();
        return [.. stubborn.Select(silo => silo.Name)];
    }

    private static async Task<IReadOnlyList<SiloRecord>> WaitGoneAsync(
        IReadOnlyList<SiloRecord> silos, TimeSpan limit, Action<IReadOnlyList<string>> left, CancellationToken cancellation)
    {
        long begin = TimeProvider.System.GetTimestamp();
        int told = -1;
        while (true)
        {
            SiloRecord[] living = [.. silos.Where(silo => silo.IsAlive)];
            if (living.Length > 0 && living.Length != told)
            {
                told = living.Length;
                left([.. living.Select(silo => silo.Name)]);
            }

            if (living.Length == 0 || TimeProvider.System.GetElapsedTime(begin) >= limit)
            {
                return living;
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    private static string LastWords(SiloRecord silo)
    {
        string? line = silo.Log is not null && File.Exists(silo.Log) ? File.ReadLines(silo.Log).LastOrDefault(text => text.Trim().Length > 0) : null;
        return line is null ? "it said nothing" : Output.FailureReport.OneLine(line);
    }
}
