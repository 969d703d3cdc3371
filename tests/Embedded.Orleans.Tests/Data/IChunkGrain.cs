namespace NSft.Embedded.Orleans.Tests.Data;

public interface IChunkGrain : IGrainWithStringKey
{
    Task<object?> Take([Immutable] ReadOnlyMemory<byte> chunk, CancellationToken cancellation);
}
