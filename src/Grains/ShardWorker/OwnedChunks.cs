using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>The chunks that a worker sums. Used in grain turns.</summary>
/// <param name="chunks">The worker's chunks in order.</param>
/// <param name="peers">Seats that send partials.</param>
/// <param name="isExact">Whether the order of additions changes no bit.</param>
internal sealed class OwnedChunks(IEnumerable<ReduceChunk> chunks, IReadOnlyCollection<int> peers, bool isExact)
{
    private readonly OwnedChunk[] _chunks = [.. chunks.Select(chunk => new OwnedChunk(chunk, peers, isExact))];

    internal int Count => _chunks.Length;

    internal bool LackPartialOf(int sender) => Array.Exists(_chunks, chunk => chunk.LacksPartialOf(sender));

    /// <summary>Whether the message's chunks are ours, and its sender one that sends partials.</summary>
    internal bool Know(ChunkMessage message) =>
        peers.Contains(message.Sender) && message.Chunk >= 0 && CountOf(message) > 0 && message.Chunk + CountOf(message) <= _chunks.Length;

    /// <summary>The message's first chunk.</summary>
    internal ReduceChunk First(ChunkMessage message) => _chunks[message.Chunk].Chunk;

    /// <summary>Keeps the partials of a message.</summary>
    /// <returns>The chunks that had none of this sender.</returns>
    internal List<OwnedChunk> Keep(ChunkMessage message, PeerSums sums)
    {
        var kept = new List<OwnedChunk>();
        foreach (var chunk in _chunks.AsSpan(message.Chunk, CountOf(message)))
        {
            if (chunk.TryKeep(message.Sender, sums))
            {
                kept.Add(chunk);
            }
        }

        return kept;
    }

    /// <summary>Our own sums of ranges are final.</summary>
    /// <returns>The chunks that became ready by it.</returns>
    internal List<OwnedChunk> MakeReady(RangeSet ready)
    {
        var made = _chunks.Where(chunk => !chunk.IsReady && ready.Contains(chunk.Chunk.Range)).ToList();
        made.ForEach(chunk => chunk.IsReady = true);
        return made;
    }

    private static int CountOf(ChunkMessage message) => message.Shared?.ChunkCount ?? 1;
}
