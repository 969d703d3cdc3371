using Orleans;

namespace NSft.Benches;

internal sealed class WireGrain : Grain, IWireGrain
{
    public Task PingAsync() => Task.CompletedTask;

    public Task<int> TakeAsync(ReadOnlyMemory<byte> chunk) => Task.FromResult(chunk.Length);
}
