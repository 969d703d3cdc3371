namespace NSft.Grains.Tests.Simulation;

/// <summary>Keeps whatever awaits something within the one thread and the one queue of a world.</summary>
/// <param name="world">Virtual time.</param>
internal sealed class SimContext(SimWorld world) : SynchronizationContext
{
    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => world.At(0, () => d(state));
}
