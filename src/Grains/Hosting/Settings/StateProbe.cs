using Microsoft.Extensions.Hosting;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Tries the container of grain state before the silo joins: a silo that cannot keep state takes no run.</summary>
/// <param name="state">The container.</param>
/// <param name="storage">The account.</param>
internal sealed class StateProbe(GrainStateOptions state, StorageOptions storage) : IHostedService
{
    /// <inheritdoc/>
    /// <exception cref="UserInputException">It cannot be used; says why.</exception>
    public Task StartAsync(CancellationToken cancellationToken) =>
        StorageProbe.EnsureWritableAsync(storage, new StoreAddress(StoreKind.Blob, null, state.Container, string.Empty), cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
