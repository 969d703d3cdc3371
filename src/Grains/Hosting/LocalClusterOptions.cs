using Microsoft.Extensions.DependencyInjection;

namespace NSft.Grains.Hosting;

/// <summary>What a <see cref="LocalCluster"/> consists of.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>Number of silos, at least 1. Default 1.</summary>
    public int SiloCount { get; init; } = 1;

    /// <summary>How long a call may take that sets no timeout of its own. Default 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Adds or replaces services of each silo, such as logging; null for none.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }
}
