using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>The last round with sliced optimizer state: owners send the weights that they have updated. Used in grain turns.</summary>
/// <param name="seats">Who takes part.</param>
/// <param name="plan">Chunks.</param>
/// <param name="ticket">The step that was committed.</param>
internal sealed class WeightShare(ExchangeSeats seats, ReducePlan plan, StepTicket ticket)
{
    private readonly Dictionary<int, IReadOnlyList<ReduceChunk>> _awaited = seats.WeightOwners.ToDictionary(owner => owner, plan.Chunks);
    private readonly HashSet<(int Owner, int Chunk)> _here = [];
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _written;
    private int _undelivered = int.MaxValue;

    /// <summary>What to send to whom. Once.</summary>
    internal IReadOnlyList<(int Receiver, Parcel Parcel)> Begin()
    {
        var chunks = seats.IsActive(seats.Seat) ? plan.Chunks(seats.Seat) : [];
        (int, Parcel)[] parcels = [.. chunks.SelectMany(chunk =>
            seats.WeightReceivers.Select(receiver => (receiver, new Parcel(ParcelKind.Weights, chunk))))];
        _undelivered = parcels.Length;
        EndIfDone();
        return parcels;
    }

    /// <summary>Waits until all weights are where they belong.</summary>
    /// <param name="failure">Why the exchange has failed; null when it has not.</param>
    internal async Task EndedAsync(Exception? failure)
    {
        if ((failure ?? await _ended.Task) is { } reason)
        {
            throw new InvalidOperationException(reason.Message, reason);
        }
    }

    internal void Delivered()
    {
        _undelivered--;
        EndIfDone();
    }

    internal void Fail(Exception failure) => _ended.TrySetResult(failure);

    /// <summary>Takes a chunk.</summary>
    internal AcceptOutcome Accept(ChunkMessage message, ExchangeThread thread, Action<Exception> fail)
    {
        if (message.Sender != message.Bucket || !_awaited.TryGetValue(message.Bucket, out var chunks) || message.Chunk < 0
            || message.Chunk >= chunks.Count || message.Payload.Length != chunks[message.Chunk].Range.Length * sizeof(float))
        {
            return AcceptOutcome.Refused;
        }

        if (thread.Session.NextStep <= ticket.Step)
        {
            return AcceptOutcome.Unknown;
        }

        if (!_here.Add((message.Bucket, message.Chunk)))
        {
            return AcceptOutcome.Duplicate;
        }

        _ = WriteAsync(chunks[message.Chunk].Range, message.Payload, thread, fail);
        return AcceptOutcome.Accepted;
    }

    private async Task WriteAsync(ElementRange range, ReadOnlyMemory<byte> weights, ExchangeThread thread, Action<Exception> fail)
    {
        try
        {
            if (!await thread.RunAsync(() => thread.Session.WriteState(ticket.Step + 1, StateParts.Weights, range, weights.Span)))
            {
                throw new InvalidOperationException($"the weights after step {ticket.Step} came too late");
            }

            _written++;
            EndIfDone();
        }
#pragma warning disable CA1031 // Whatever ends a part ends the exchange.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fail(exception);
        }
    }

    private void EndIfDone()
    {
        if (_undelivered == 0 && _written == _awaited.Values.Sum(chunks => chunks.Count))
        {
            _ended.TrySetResult(null);
        }
    }
}
