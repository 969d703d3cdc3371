using Microsoft.Extensions.Options;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Fleet;

/// <summary>The devices of this silo and who has them. It has the last word: the fleet only suggests. Thread-safe.</summary>
internal sealed class DeviceTable
{
    private readonly Lock _gate = new();
    private readonly DeviceSlot[] _slots;

    /// <summary>A table of free devices.</summary>
    /// <param name="options">What the silo offers.</param>
    /// <param name="gpus">Finds GPUs.</param>
    public DeviceTable(IOptions<DeviceOptions> options, IGpuProbe gpus)
    {
        _slots = options.Value.Cuda
            ? [.. gpus.FindMemory().Select((bytes, index) => new DeviceSlot(index, "cuda", bytes, null))]
            : [.. Enumerable.Range(0, options.Value.CpuSlots).Select(index => new DeviceSlot(index, "cpu", 0, null))];
    }

    /// <summary>Raised when a device was taken or given back.</summary>
    internal event Action? Changed;

    /// <summary>The silo is about to leave: no device is given away any more.</summary>
    internal bool IsDraining { get; private set; }

    internal DeviceSlot[] Describe()
    {
        lock (_gate)
        {
            return [.. _slots];
        }
    }

    /// <summary>Takes a device; false when another worker has it, or there is no such device.</summary>
    internal bool TryTake(int device, string worker)
    {
        lock (_gate)
        {
            if (IsDraining || device < 0 || device >= _slots.Length || (_slots[device].WorkerKey is { } owner && owner != worker))
            {
                return false;
            }

            _slots[device] = _slots[device] with { WorkerKey = worker };
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Gives a worker's device back.</summary>
    internal void Release(string worker)
    {
        lock (_gate)
        {
            for (var device = 0; device < _slots.Length; device++)
            {
                if (_slots[device].WorkerKey == worker)
                {
                    _slots[device] = _slots[device] with { WorkerKey = null };
                }
            }
        }

        Changed?.Invoke();
    }

    internal void Drain()
    {
        lock (_gate)
        {
            IsDraining = true;
        }

        Changed?.Invoke();
    }
}
