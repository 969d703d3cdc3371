using NSft.Grains.Contracts.Messages;
using NSft.Grains.Fleet;

namespace NSft.Grains.Sampling;

/// <summary>
/// The samplers of a silo: one thread with one model for each of its devices that a job has, kept from block to block while the job lasts.
/// A silo that is killed deactivates no grain: what its samplers hold in native memory is freed with the silo's services.
/// </summary>
/// <param name="devices">This silo's devices.</param>
/// <param name="factory">Loads models.</param>
/// <param name="time">The clock.</param>
internal sealed class SiloSamplers(DeviceTable devices, IPromptSamplerFactory factory, TimeProvider time) : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>A model that nobody used for so long belongs to a job whose coordinator is gone for good.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<SamplerThread>> _idle = new(StringComparer.Ordinal);
    private readonly HashSet<SamplerThread> _all = [];
    private readonly CancellationTokenSource _closing = new();
    private int _opened;

    /// <summary>Models that are held.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _all.Count;
            }
        }
    }

    /// <summary>Answers a block and writes its file. Waits for a device where none is free.</summary>
    internal async Task<SampleTally> SampleAsync(SampleBlockOrder order)
    {
        var thread = await RentAsync(order);
        try
        {
            return await thread.RunAsync((sampler, closing) => SampleBlock.Run(order, sampler, closing));
        }
        finally
        {
            Return(order.RunId, thread);
        }
    }

    /// <summary>Lets go of the models of a run, and of those that nobody used for long. Blocks that are being answered end first.</summary>
    internal async Task ReleaseAsync(string runId)
    {
        List<SamplerThread> leaving;
        lock (_gate)
        {
            leaving = [.. _all.Where(thread => thread.RunId == runId || IsForgotten(thread))];
            leaving.ForEach(Forget);
        }

        await Task.WhenAll(leaving.Select(CloseAsync));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // First the fleet is told, so that no job leases this silo another block while the last ones end.
        devices.Drain();
        await _closing.CancelAsync();
        List<SamplerThread> all;
        lock (_gate)
        {
            all = [.. _all];
            all.ForEach(Forget);
        }

        await Task.WhenAll(all.Select(CloseAsync));
    }

    /// <summary>Frees all without waiting: each ends with the batch that it is at.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();

    private async Task<SamplerThread> RentAsync(SampleBlockOrder order)
    {
        while (true)
        {
            _closing.Token.ThrowIfCancellationRequested();
            if (TryRent(order) is { } thread)
            {
                return thread;
            }

            await Task.Delay(RetryPeriod, time, _closing.Token);
        }
    }

    private SamplerThread? TryRent(SampleBlockOrder order)
    {
        lock (_gate)
        {
            if (_idle.GetValueOrDefault(order.RunId) is [.., var idle] waiting)
            {
                waiting.Remove(idle);
                return idle;
            }

            var owner = $"{DeviceOwner.Prefix(order.RunId)}{++_opened}";
            foreach (var slot in devices.Describe().Where(slot => slot.WorkerKey is null))
            {
                if (devices.TryTake(slot.Index, owner))
                {
                    var settings = SamplingJson.ReadSettings(order.SettingsJson);
                    var thread = new SamplerThread(owner, order.RunId, () => factory.Open(settings, slot.Index));
                    _all.Add(thread);
                    return thread;
                }
            }

            return null;
        }
    }

    private void Return(string runId, SamplerThread thread)
    {
        List<SamplerThread> forgotten;
        lock (_gate)
        {
            if (!_all.Contains(thread))
            {
                return;
            }

            thread.IdleSince = time.GetTimestamp();
            if (!_idle.TryGetValue(runId, out var waiting))
            {
                _idle.Add(runId, waiting = []);
            }

            waiting.Add(thread);
            forgotten = [.. _all.Where(IsForgotten)];
            forgotten.ForEach(Forget);
        }

        _ = Task.WhenAll(forgotten.Select(CloseAsync));
    }

    private bool IsForgotten(SamplerThread thread) =>
        (_idle.GetValueOrDefault(thread.RunId)?.Contains(thread) ?? false) && time.GetElapsedTime(thread.IdleSince) > IdleLimit;

    private void Forget(SamplerThread thread)
    {
        _all.Remove(thread);
        if (_idle.TryGetValue(thread.RunId, out var waiting) && waiting.Remove(thread) && waiting.Count == 0)
        {
            _idle.Remove(thread.RunId);
        }
    }

    private async Task CloseAsync(SamplerThread thread)
    {
        await thread.DisposeAsync();
        devices.Release(thread.Name);
    }
}
