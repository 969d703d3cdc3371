using Microsoft.Extensions.Hosting;

namespace NSft.Silo;

/// <summary>A host's lifetime that listens to no signal: they are the process's to hear, which outlives this host.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
