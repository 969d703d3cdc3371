namespace NSft.Collectives;

/// <summary>
/// The direct sharded all-reduce as data: worker i owns range i of the flat vector, peers send it their partials of that range in chunks,
/// and it sends the totals back. Ranges begin at norm blocks.
/// </summary>
public sealed class ReducePlan
{
    /// <summary>Chunk size when the caller has no wish; from 1 to 4 MB messages travel best.</summary>
    public const int DefaultChunkBytes = 2 << 20;

    private readonly ElementRange[] _owned;
    private readonly int _chunkLength;

    private ReducePlan(ElementRange[] owned, int chunkLength)
    {
        _owned = owned;
        _chunkLength = chunkLength;
    }

    /// <summary>Number of workers.</summary>
    public int WorkerCount => _owned.Length;

    /// <summary>Plans a reduce.</summary>
    /// <param name="layout">The flat vector's layout.</param>
    /// <param name="workerCount">Workers of the view, at least 1.</param>
    /// <param name="bytesPerElement">Bytes of one element on the wire.</param>
    /// <param name="chunkBytes">Most bytes of one chunk; at least one element.</param>
    /// <returns>The plan; a worker owns nothing when there are more workers than blocks.</returns>
    public static ReducePlan Create(GradientLayout layout, int workerCount, int bytesPerElement, int chunkBytes = DefaultChunkBytes)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(workerCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerElement, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkBytes, bytesPerElement);
        var owned = new ElementRange[workerCount];
        for (int worker = 0; worker < workerCount; worker++)
        {
            long first = Boundary(layout, worker, workerCount);
            owned[worker] = new ElementRange(first, Boundary(layout, worker + 1, workerCount) - first);
        }

        return new ReducePlan(owned, chunkBytes / bytesPerElement);
    }

    /// <summary>The elements that a worker sums.</summary>
    /// <param name="worker">Index in the view.</param>
    public ElementRange Owned(int worker) => _owned[worker];

    /// <summary>A worker's elements, cut into messages.</summary>
    /// <param name="worker">Index in the view.</param>
    public IReadOnlyList<ReduceChunk> Chunks(int worker)
    {
        ElementRange owned = _owned[worker];
        var chunks = new List<ReduceChunk>();
        for (long offset = owned.Offset; offset < owned.End; offset += _chunkLength)
        {
            var range = new ElementRange(offset, Math.Min(_chunkLength, owned.End - offset));
            chunks.Add(new ReduceChunk(worker, chunks.Count, range));
        }

        return chunks;
    }

    private static long Boundary(GradientLayout layout, int worker, int workerCount)
    {
        long block = (long)layout.BlockCount * worker / workerCount;
        return Math.Min(block * GradientLayout.BlockLength, layout.Length);
    }
}
