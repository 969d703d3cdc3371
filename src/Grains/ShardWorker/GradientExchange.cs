using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>
/// One worker's side of the direct sharded all-reduce of one try of a step. Made when the worker prepares, so that chunks of faster
/// peers find it; lives on the grain's scheduler and leaves arithmetic to the worker's thread.
/// </summary>
/// <remarks>
/// Rounds. (1) To each owner its chunks of our sums go, some in flight at a time. (2) When all peers' partials of a chunk that we own
/// are here, they are added in seat order and the total goes back to every peer. The exchange ends when every chunk we own was
/// delivered and every other chunk's total was taken.
///
/// Invariants. Our sums of a chunk are read before its total can overwrite them: the owner cannot have a total without our partial.
/// A chunk enters a sum once: repeats are answered as duplicates. Whatever fails ends the exchange, which becomes a no vote.
/// </remarks>
internal sealed class GradientExchange
{
    private readonly ShardTrainer _trainer;
    private readonly ReducePlan _plan;
    private readonly IReadOnlyList<IShardWorkerGrain> _workers;
    private readonly ExchangeOptions _options;
    private readonly int _seat;
    private readonly int _elementBytes;
    private readonly OwnedChunk[] _owned;
    private readonly Dictionary<(int Bucket, int Chunk), ElementRange> _awaited;
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<(int Bucket, int Chunk)> _seen = [];
    private int _undelivered;
    private int _untaken;
    private Exception? _failure;

    /// <summary>An exchange that waits for chunks.</summary>
    /// <param name="ticket">Run, view, step and try.</param>
    /// <param name="trainer">The worker's thread.</param>
    /// <param name="facts">Layout and element size.</param>
    /// <param name="workers">All workers in seat order.</param>
    /// <param name="seat">This worker's index.</param>
    /// <param name="options">Chunk size and window.</param>
    internal GradientExchange(
        StepTicket ticket,
        ShardTrainer trainer,
        SessionFacts facts,
        IReadOnlyList<IShardWorkerGrain> workers,
        int seat,
        ExchangeOptions options)
    {
        Ticket = ticket;
        _trainer = trainer;
        _workers = workers;
        _seat = seat;
        _options = options;
        _elementBytes = facts.BytesPerElement;
        _plan = ReducePlan.Create(facts.Layout, workers.Count, facts.BytesPerElement, options.ChunkBytes);
        _owned = [.. _plan.Chunks(seat).Select(chunk => new OwnedChunk(chunk, workers.Count))];
        _awaited = Peers.SelectMany(_plan.Chunks).ToDictionary(chunk => (chunk.Owner, chunk.Index), chunk => chunk.Range);
        _undelivered = workers.Count == 1 ? 0 : _owned.Length;
        _untaken = _awaited.Count;
    }

    /// <summary>The try that this exchange belongs to.</summary>
    internal StepTicket Ticket { get; }

    private IEnumerable<int> Peers => Enumerable.Range(0, _workers.Count).Where(worker => worker != _seat);

    /// <summary>Sends our sums and waits for the totals.</summary>
    /// <exception cref="InvalidOperationException">A peer refused a chunk, or the exchange was aborted.</exception>
    internal async Task RunAsync()
    {
        CompleteIfDone();
        Task[] parts = [_delivered.Task, _taken.Task, .. Peers.Select(SendPartialsAsync).Select(GuardAsync)];
        await Task.WhenAny(Task.WhenAll(parts), _failed.Task);
        if (_failure is not null)
        {
            throw new InvalidOperationException(_failure.Message, _failure);
        }
    }

    /// <summary>Ends the exchange; <see cref="RunAsync"/> fails with the reason.</summary>
    internal void Abort(string reason) => Fail(new InvalidOperationException(reason));

    /// <summary>Takes a peer's partial of a chunk that we own.</summary>
    internal AcceptOutcome AcceptPartial(ChunkMessage message)
    {
        if (message.Bucket != _seat || message.Chunk >= _owned.Length || message.Sender == _seat || message.Sender >= _workers.Count)
        {
            return AcceptOutcome.Unknown;
        }

        var chunk = _owned[message.Chunk];
        if (!chunk.TryAdd(message.Sender, message.Payload))
        {
            return AcceptOutcome.Duplicate;
        }

        if (chunk.IsComplete)
        {
            _ = GuardAsync(ReturnTotalAsync(chunk));
        }

        return AcceptOutcome.Accepted;
    }

    /// <summary>Takes the total of a chunk from its owner.</summary>
    internal AcceptOutcome AcceptSum(ChunkMessage message)
    {
        if (!_awaited.TryGetValue((message.Bucket, message.Chunk), out var range))
        {
            return AcceptOutcome.Unknown;
        }

        if (!_seen.Add((message.Bucket, message.Chunk)))
        {
            return AcceptOutcome.Duplicate;
        }

        _ = GuardAsync(TakeTotalAsync(range, message.Payload));
        return AcceptOutcome.Accepted;
    }

    private async Task SendPartialsAsync(int peer)
    {
        using var window = new SemaphoreSlim(_options.ChunksInFlight);
        var sends = new List<Task>();
        foreach (var chunk in _plan.Chunks(peer))
        {
            await window.WaitAsync();
            sends.Add(SendPartialAsync(peer, chunk, window));
            if (_failure is not null)
            {
                break;
            }
        }

        await Task.WhenAll(sends);
    }

    private async Task SendPartialAsync(int peer, ReduceChunk chunk, SemaphoreSlim window)
    {
        try
        {
            var payload = await _trainer.RunAsync(session => Read(session, chunk.Range));
            var message = new ChunkMessage(Ticket, _seat, chunk.Owner, chunk.Index, payload);
            Check(await _workers[peer].AcceptPartialAsync(message), peer, chunk);
        }
        finally
        {
            window.Release();
        }
    }

    private async Task ReturnTotalAsync(OwnedChunk owned)
    {
        var total = await _trainer.RunAsync(session =>
        {
            var bytes = Rent(owned.Chunk.Range);
            owned.Sum(session, bytes);
            return bytes;
        });
        var message = new ChunkMessage(Ticket, _seat, owned.Chunk.Owner, owned.Chunk.Index, total);
        await Task.WhenAll(Peers.Select(async peer => Check(await _workers[peer].AcceptSumAsync(message), peer, owned.Chunk)));
        _undelivered--;
        CompleteIfDone();
    }

    private async Task TakeTotalAsync(ElementRange range, ReadOnlyMemory<byte> total)
    {
        await _trainer.RunAsync(session =>
        {
            session.WriteSums(range, total.Span);
            return true;
        });
        _untaken--;
        CompleteIfDone();
    }

    private byte[] Read(IShardSession session, ElementRange range)
    {
        var bytes = Rent(range);
        session.ReadSums(range, bytes);
        return bytes;
    }

    private byte[] Rent(ElementRange range) => _options.Buffers.Rent(checked((int)(range.Length * _elementBytes)));

    private void Check(AcceptOutcome outcome, int peer, ReduceChunk chunk)
    {
        if (outcome is not (AcceptOutcome.Accepted or AcceptOutcome.Duplicate))
        {
            throw new InvalidOperationException(
                $"worker {peer} answered {outcome} to chunk {chunk.Index} of bucket {chunk.Owner} in step {Ticket.Step}, view {Ticket.View}");
        }
    }

    private void CompleteIfDone()
    {
        if (_undelivered == 0)
        {
            _delivered.TrySetResult();
        }

        if (_untaken == 0)
        {
            _taken.TrySetResult();
        }
    }

    private async Task GuardAsync(Task part)
    {
        try
        {
            await part;
        }
#pragma warning disable CA1031 // Whatever ends a part ends the exchange, and is told in the vote.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    private void Fail(Exception failure)
    {
        _failure ??= failure;
        _failed.TrySetResult();
    }
}
