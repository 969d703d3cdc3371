using System.Runtime.InteropServices;
using NSft.Client.Processes;

namespace NSft.Client.Silos;

/// <summary>SIGTERM, Ctrl-C and the end of the terminal as a request to stop; the second one ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly Action _atOnce;
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <summary>Listens from now on.</summary>
    /// <param name="atOnce">Done at the second signal before the process ends.</param>
    public StopSignals(Action atOnce)
    {
        _atOnce = atOnce;
        PosixSignal[] signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _asked.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            _asked.Cancel();
            return;
        }

        _atOnce();

        // An orderly exit would wait for threads that compute; this one waits for nothing.
        _ = NativeProcess.Send(ProcessIdentity.Current, ProcessSignal.Kill);
    }
}
