using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Collectives;
using NSft.Grains.Hosting.StateDirectory;
using Orleans.Configuration;

namespace NSft.Grains.Hosting;

/// <summary>Makes a host a silo of NSft: what the container's entry and the console's <c>silo</c> have in common.</summary>
public static class SiloHost
{
    /// <summary>Adds the silo.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">Which cluster it joins and what it offers.</param>
    /// <exception cref="UserInputException">The options cannot be used; nothing was added.</exception>
    public static void Add(IHostApplicationBuilder builder, NSftSiloOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Ensure(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainLimit);
        builder.Services.Configure<DeviceOptions>(devices =>
        {
            devices.CpuSlots = options.WorkersPerSilo;
            devices.Cuda = options.Cuda;
        });
        builder.UseOrleans(silo =>
        {
            Join(silo, options);
            if (options.Name is { } name)
            {
                silo.Services.Configure<SiloOptions>(named => named.SiloName = name);
            }

            silo.AddNSft();
        });
    }

    /// <summary>Checks options as <see cref="Add"/> does.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="UserInputException">They cannot be used.</exception>
    public static void Ensure(NSftSiloOptions options)
    {
        var checkedOptions = new NSftSiloOptionsValidator().Validate(null, options);
        if (checkedOptions.Failed)
        {
            throw new UserInputException(string.Join("; ", checkedOptions.Failures));
        }
    }

    private static void Join(ISiloBuilder silo, NSftSiloOptions options)
    {
        if (options.StateDirectory is { } directory)
        {
            silo.UseStateDirectory(directory, state =>
            {
                state.ProbePeriod = options.ProbePeriod;
                state.MissedProbes = options.MissedProbes;
            });
            return;
        }

        silo.UseLocalhostClustering(
            options.SiloPort,
            options.GatewayPort,
            new IPEndPoint(IPAddress.Loopback, options.PrimaryPort ?? options.SiloPort),
            options.ClusterId,
            options.ClusterId);
    }
}
