namespace NSft.Grains.Hosting;

/// <summary>Which devices a silo offers to workers.</summary>
public sealed class DeviceOptions
{
    /// <summary>CPU slots unless told otherwise: a cluster within one process is as large as its runs want it.</summary>
    public const int DefaultCpuSlots = 64;

    /// <summary>Number of workers that may compute on the CPU at a time; at least 0.</summary>
    public int CpuSlots { get; set; } = DefaultCpuSlots;

    /// <summary>Offer each GPU to one worker, instead of CPU slots.</summary>
    public bool Cuda { get; set; }
}
