using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>The totals that a worker awaits from their owners. Used in grain turns.</summary>
internal sealed class IncomingTotals
{
    private readonly Dictionary<int, Entry[]> _entries;
    private readonly List<Entry> _waiting = [];
    private int _untaken;

    /// <summary>None is here yet.</summary>
    /// <param name="chunks">The chunks that the worker awaits.</param>
    internal IncomingTotals(IEnumerable<ReduceChunk> chunks)
    {
        _entries = chunks.GroupBy(chunk => chunk.Owner).ToDictionary(owner => owner.Key, owner => owner.Select(chunk => new Entry(chunk)).ToArray());
        _untaken = _entries.Values.Sum(entries => entries.Length);
    }

    /// <summary>All are taken.</summary>
    internal bool AreTaken => _untaken == 0;

    internal bool LacksTotalOf(int owner) => _entries.TryGetValue(owner, out var entries) && Array.Exists(entries, entry => !entry.IsHere);

    /// <summary>Whether the message's chunks are awaited, or were.</summary>
    internal bool Knows(ChunkMessage message) =>
        _entries.TryGetValue(message.Bucket, out var entries) && message.Chunk >= 0 && Count(message) > 0
        && message.Chunk + Count(message) <= entries.Length;

    /// <summary>The message's first chunk.</summary>
    internal ReduceChunk First(ChunkMessage message) => _entries[message.Bucket][message.Chunk].Chunk;

    /// <summary>Keeps the totals of a message.</summary>
    /// <returns>False when all of them were here before.</returns>
    internal bool Keep(ChunkMessage message, PeerSums totals)
    {
        var isNew = false;
        foreach (var entry in _entries[message.Bucket].AsSpan(message.Chunk, Count(message)))
        {
            if (!entry.IsHere)
            {
                entry.IsHere = true;
                entry.Total = totals;
                _waiting.Add(entry);
                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>Hands out each total once, when its range is ready for it.</summary>
    internal List<(ReduceChunk Chunk, PeerSums Total)> Take(RangeSet ready)
    {
        Entry[] taken = [.. _waiting.Where(entry => ready.Contains(entry.Chunk.Range))];
        _waiting.RemoveAll(entry => ready.Contains(entry.Chunk.Range));
        return [.. taken.Select(entry => (entry.Chunk, entry.Release()))];
    }

    /// <summary>A total that was handed out is written.</summary>
    internal void Taken() => _untaken--;

    private static int Count(ChunkMessage message) => message.Shared?.ChunkCount ?? 1;

    private sealed class Entry(ReduceChunk chunk)
    {
        internal ReduceChunk Chunk => chunk;

        internal bool IsHere { get; set; }

        internal PeerSums? Total { get; set; }

        /// <summary>The total, whose memory is not held any longer than it takes to write it.</summary>
        internal PeerSums Release()
        {
            var total = Total!;
            Total = null;
            return total;
        }
    }
}
