using NSft.Collectives;

namespace NSft.Grains.ShardWorker;

/// <summary>A chunk that this worker sums: knows whose partials are here, which of them are added, and when the total is.</summary>
/// <remarks>
/// Exact sums are added as they come. Float sums wait until all are here and are added in seat order to our own, so that their bits do
/// not depend on who was faster. Used in grain turns.
/// </remarks>
internal sealed class OwnedChunk
{
    private readonly PeerSums?[] _partials;
    private readonly bool[] _isHere;
    private readonly bool _isExact;
    private int _missing;
    private int _unadded;
    private bool _isAdding;

    /// <summary>A chunk with no partials.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="peers">Seats that send partials.</param>
    /// <param name="isExact">Whether the order of additions changes no bit.</param>
    internal OwnedChunk(ReduceChunk chunk, IEnumerable<int> peers, bool isExact)
    {
        Chunk = chunk;
        _isExact = isExact;
        int[] senders = [.. peers];
        _missing = senders.Length;
        _unadded = senders.Length;
        _partials = new PeerSums?[senders.Length == 0 ? 0 : senders.Max() + 1];
        _isHere = new bool[_partials.Length];
    }

    internal ReduceChunk Chunk { get; }

    /// <summary>Our own sums of it are final.</summary>
    internal bool IsReady { get; set; }


    internal bool LacksPartialOf(int sender) => !_isHere[sender];

    /// <summary>Keeps a partial.</summary>
    /// <returns>False when this sender's partial was here before.</returns>
    internal bool TryKeep(int sender, PeerSums partial)
    {
        if (_isHere[sender])
        {
            return false;
        }

        _isHere[sender] = true;
        _partials[sender] = partial;
        _missing--;
        return true;
    }

    /// <summary>Takes what is to be added now, in seat order; nothing where no peer sends partials.</summary>
    /// <param name="partials">The partials.</param>
    /// <param name="isLast">Whether the sum is the total with them.</param>
    /// <returns>False when there is nothing to do yet, or an addition is under way.</returns>
    internal bool TryTake(out List<PeerSums> partials, out bool isLast)
    {
        partials = [];
        isLast = false;
        if (!IsReady || _isAdding || (!_isExact && _missing > 0))
        {
            return false;
        }

        for (var sender = 0; sender < _partials.Length; sender++)
        {
            if (_partials[sender] is { } partial)
            {
                partials.Add(partial);
                _partials[sender] = null;
            }
        }

        isLast = partials.Count == _unadded;
        _isAdding = isLast || partials.Count > 0;
        return _isAdding;
    }

    /// <summary>What was taken is added, and it was not the last.</summary>
    internal void Added(int count)
    {
        _unadded -= count;
        _isAdding = false;
    }
}
