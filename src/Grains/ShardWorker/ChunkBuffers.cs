using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>Memory of outgoing chunks, kept from step to step: fresh blocks of this size would cost a full collection per step.</summary>
/// <remarks>
/// What was sent is immutable as long as a peer may read it. All voters are done with a step's chunks when all have voted yes, which a
/// worker learns from being asked for the next step of the same view; chunks of a step that ended otherwise, or that went to a worker
/// without a vote, are left to the collector. Any thread.
/// </remarks>
internal sealed class ChunkBuffers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Stack<byte[]>> _free = [];
    private readonly List<byte[]> _sent = [];
    private StepTicket? _ticket;
    private bool _isReusable;

    /// <summary>Begins a try of a step.</summary>
    /// <param name="ticket">The try.</param>
    /// <param name="isReusable">Whether all that chunks go to have a vote.</param>
    internal void Begin(StepTicket ticket, bool isReusable)
    {
        lock (_gate)
        {
            var isCommitted = _ticket is { } last && last.RunId == ticket.RunId && last.View == ticket.View && last.Step + 1 == ticket.Step;
            if (isCommitted && _isReusable)
            {
                _sent.ForEach(Keep);
            }

            _sent.Clear();
            _ticket = ticket;
            _isReusable = isReusable;
        }
    }

    /// <summary>A block of exactly this size with any content.</summary>
    /// <param name="ticket">The try that it is for.</param>
    /// <param name="bytes">Its size.</param>
    internal byte[] Rent(StepTicket ticket, int bytes)
    {
        lock (_gate)
        {
            if (ticket != _ticket)
            {
                return GC.AllocateUninitializedArray<byte>(bytes);
            }

            var block = _free.TryGetValue(bytes, out var blocks) && blocks.TryPop(out var kept)
                ? kept
                : GC.AllocateUninitializedArray<byte>(bytes);
            _sent.Add(block);
            return block;
        }
    }

    private void Keep(byte[] block)
    {
        if (!_free.TryGetValue(block.Length, out var blocks))
        {
            _free.Add(block.Length, blocks = new Stack<byte[]>());
        }

        blocks.Push(block);
    }
}
