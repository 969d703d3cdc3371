using NSft.Collectives;

namespace NSft.Grains.ShardWorker;

/// <summary>A chunk that this worker sums: keeps the peers' partials until all are here.</summary>
internal sealed class OwnedChunk
{
    private readonly ReadOnlyMemory<byte>?[] _partials;
    private int _missing;

    /// <summary>A chunk with no partials.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="workerCount">Workers of the view.</param>
    internal OwnedChunk(ReduceChunk chunk, int workerCount)
    {
        Chunk = chunk;
        _partials = new ReadOnlyMemory<byte>?[workerCount];
        _missing = workerCount - 1;
    }

    internal ReduceChunk Chunk { get; }

    internal bool IsComplete => _missing == 0;

    /// <summary>Keeps a partial.</summary>
    /// <returns>False when this sender's partial was here before.</returns>
    internal bool TryAdd(int sender, ReadOnlyMemory<byte> partial)
    {
        if (_partials[sender] is not null)
        {
            return false;
        }

        _partials[sender] = partial;
        _missing--;
        return true;
    }

    /// <summary>Adds the partials to the session's sums in seat order and reads the total. On the worker's thread.</summary>
    /// <param name="session">The worker's session.</param>
    /// <param name="total">Receives the total.</param>
    internal void Sum(IShardSession session, Span<byte> total)
    {
        foreach (var partial in _partials)
        {
            if (partial is { } bytes)
            {
                session.AddSums(Chunk.Range, bytes.Span);
            }
        }

        session.ReadSums(Chunk.Range, total);
    }
}
