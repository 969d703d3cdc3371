using System.Diagnostics.Metrics;
using NSft.Collectives.Metrics;
using NSft.Model;

namespace NSft.Grains.Instruments;

/// <summary>Memory of this process and of its devices.</summary>
internal static class MemoryInstruments
{
    /// <summary>What looks at the devices' memory: one a silo; silos of one process tell the same.</summary>
    internal static readonly GaugeSources<DeviceMemory> Devices = new(16);

    static MemoryInstruments()
    {
        NSftMeter.Shared.CreateObservableGauge("nsft.tensor.live", () => TensorMemory.LiveTensorCount, "{tensor}", "Tensor handles that are alive");
        NSftMeter.Shared.CreateObservableGauge("nsft.tensor.bytes", ReadBytes, "By", "Bytes that tensors hold in the machine's memory");
        Devices.Gauge("nsft.device.memory", "By", "Memory of the devices that the silo computes on", devices => devices.Measure(), label: null);
    }

    /// <summary>The real tensor library does not count them.</summary>
    private static IEnumerable<Measurement<long>> ReadBytes() => TensorMemory.AllocatedBytes is { } bytes ? [new(bytes)] : [];
}
