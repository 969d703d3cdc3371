using Microsoft.Extensions.DependencyInjection;
using NSft.Grains.Hosting;

namespace NSft.Client.Clusters;

/// <summary>What a silo in this process offers to a sampling job.</summary>
internal static class SamplingDevices
{
    /// <summary>All GPUs, or one thread of the CPU.</summary>
    public static void Configure(IServiceCollection services, bool isCuda) =>
        services.Configure<DeviceOptions>(options => (options.CpuSlots, options.Cuda) = (1, isCuda));
}
