using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>Peers' memory, mapped once a view: a dead peer's is let go with the view that it was in.</summary>
/// <param name="thread">Reads and frees the mappings; looking them up may happen on any thread.</param>
internal sealed class SegmentCache(ExchangeThread thread)
{
    private readonly Lock _gate = new();
    private Dictionary<Guid, MappedSegment> _mapped = [];
    private long _view;
    private bool _isClosed;

    /// <summary>Lets go of what earlier views mapped.</summary>
    internal void Begin(long view)
    {
        lock (_gate)
        {
            if (view == _view)
            {
                return;
            }

            _view = view;
            var old = _mapped;
            _mapped = [];
            thread.TryQueue(() => Free(old));
        }
    }

    /// <summary>The memory that a message tells of.</summary>
    /// <returns>Null when this process cannot see it.</returns>
    internal MappedSegment? Find(SharedSums sums)
    {
        var name = new SegmentName(sums.ProcessId, sums.Descriptor, sums.Segment, sums.Bytes);
        lock (_gate)
        {
            if (_mapped.TryGetValue(name.Id, out var known))
            {
                return known.Name == name ? known : null;
            }

            var mapped = _isClosed ? null : MappedSegment.TryOpen(name);
            if (mapped is not null)
            {
                _mapped.Add(name.Id, mapped);
            }

            return mapped;
        }
    }

    /// <summary>Lets go of everything for good. On the thread.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Free(_mapped);
            _mapped = [];
        }
    }

    private static void Free(Dictionary<Guid, MappedSegment> mapped)
    {
        foreach (var segment in mapped.Values)
        {
            segment.Dispose();
        }
    }
}
