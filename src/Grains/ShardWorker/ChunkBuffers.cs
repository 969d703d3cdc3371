namespace NSft.Grains.ShardWorker;

/// <summary>Memory of outgoing chunks, kept from step to step: fresh blocks of this size would cost a full collection per step.</summary>
/// <remarks>
/// What was sent is immutable as long as a peer may read it. All peers are done with a step's chunks when all have voted yes, which a
/// worker learns from the commit; chunks of a step that ended otherwise are left to the collector. One thread at a time.
/// </remarks>
internal sealed class ChunkBuffers
{
    private readonly Dictionary<int, Stack<byte[]>> _free = [];
    private readonly List<byte[]> _sent = [];

    /// <summary>A block of exactly this size with any content.</summary>
    internal byte[] Rent(int bytes)
    {
        var block = _free.TryGetValue(bytes, out var blocks) && blocks.TryPop(out var kept)
            ? kept
            : GC.AllocateUninitializedArray<byte>(bytes);
        _sent.Add(block);
        return block;
    }

    /// <summary>The step was committed: no peer reads its chunks any more.</summary>
    internal void Reuse()
    {
        foreach (var block in _sent)
        {
            if (!_free.TryGetValue(block.Length, out var blocks))
            {
                _free.Add(block.Length, blocks = new Stack<byte[]>());
            }

            blocks.Push(block);
        }

        _sent.Clear();
    }

    /// <summary>The step was discarded: a late peer may still read its chunks.</summary>
    internal void Abandon() => _sent.Clear();
}
