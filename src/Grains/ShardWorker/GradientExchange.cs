using System.Diagnostics;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>
/// One worker's side of the direct sharded all-reduce of one try of a step. Made in a grain turn when the worker prepares, so that chunks of
/// faster peers find it; its state lives in grain turns, copies and additions on the worker's <see cref="ExchangeThread"/>.
/// </summary>
/// <remarks>
/// Rounds. (1) As soon as our sums of a chunk are final, also while the backward pass runs, they go to its owner. (2) When all partials of
/// a chunk that we own are added to ours, the total goes to every peer that applies it. (3) With sliced optimizer state, the owner's
/// updated weights go to the others after the commit. The exchange ends when all of ours was taken and all totals meant for us are here.
///
/// On one host a message tells where the elements are and the receiver reads them there. A worker's memory changes only (a) in a range
/// whose owner has the total, hence has read all partials of it, and (b) in a new try, which follows a unanimous vote, when everything was
/// read, or makes this try's results void. A reader that was overtaken by (b) notices by the generation and fails its exchange.
///
/// Invariants. Only messages of the same ticket enter. A chunk enters a sum once: repeats are answered as duplicates. A peer that does not
/// know the ticket yet is asked again. Whatever else fails ends the exchange, which becomes a no vote; a passive seat cannot fail it.
/// </remarks>
#pragma warning disable CA1001 // The token source has neither timer nor wait handle; nobody can say when the last waiter has left.
internal sealed class GradientExchange
#pragma warning restore CA1001
{
    private readonly ExchangeSeats _seats;
    private readonly ExchangeThread _thread;
    private readonly TaskScheduler _turns = TaskScheduler.Current;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ParcelSource _source;
    private readonly PeerLink?[] _links;
    private readonly List<ReduceChunk> _unposted = [];
    private readonly OwnedChunks _owned;
    private readonly IncomingTotals _totals;
    private readonly WeightShare _weights;
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RangeSet _ready = RangeSet.Empty;
    private int _undelivered;
    private int _unsummed;
    private long _begin;
    private long _end;
    private Exception? _failure;

    /// <summary>An exchange that waits for chunks.</summary>
    /// <param name="ticket">Run, view, step and try.</param>
    /// <param name="seats">Who takes part.</param>
    /// <param name="thread">Where arithmetic runs, with the worker's session.</param>
    /// <param name="facts">Layout and element size.</param>
    /// <param name="options">Chunk size, window and transport.</param>
    internal GradientExchange(
        StepTicket ticket, ExchangeSeats seats, ExchangeThread thread, SessionFacts facts, ExchangeOptions options)
    {
        Ticket = ticket;
        _seats = seats;
        _thread = thread;
        options.Buffers.Begin(ticket, isReusable: !seats.HasPassive);
        thread.Segments.Begin(ticket.View);
        if (options.Transport == ExchangeTransport.Auto && seats.Peers.Count > 1)
        {
            thread.Session.Sums.WantSharing();
        }

        var plan = ReducePlan.Create(facts.Layout, seats.ActiveCount, facts.BytesPerElement, options.ChunkBytes);
        _source = new ParcelSource(ticket, seats.Seat, thread, options, _stopping.Token) { Delivered = Delivered, Failed = FailedAt };
        _links = [.. seats.Peers.Select((peer, seat) =>
            seat == seats.Seat ? null : new PeerLink(seat, peer, _source, options.ChunksInFlight))];
        if (seats.IsActive(seats.Seat))
        {
            _unposted = [.. seats.ActivePeers.SelectMany(plan.Chunks)];
        }

        var owned = seats.IsActive(seats.Seat) ? plan.Chunks(seats.Seat) : [];
        _owned = new OwnedChunks(owned, [.. seats.ActivePeers], thread.Session.Sums.IsExact);
        _totals = new IncomingTotals(seats.SumOwners.SelectMany(plan.Chunks));
        _weights = new WeightShare(seats, plan, ticket);
        _undelivered = _unposted.Count + (_owned.Count * seats.SumReceivers.Count(seats.IsActive));
        _unsummed = _owned.Count;
        EndIfDone();
    }

    /// <summary>The try that this exchange belongs to.</summary>
    internal StepTicket Ticket { get; }

    /// <summary>Active seats that we still wait for: their sums, their totals, or their taking ours.</summary>
    internal IReadOnlyList<int> Missing => [.. _seats.ActivePeers.Where(peer =>
        !_links[peer]!.IsIdle || _owned.LackPartialOf(peer) || _totals.LacksTotalOf(peer))];

    /// <summary>Bytes that peers took from us.</summary>
    internal long GivenBytes { get; private set; }

    /// <summary>From our first final sums until sums and totals were where they belong; zero while that is not so.</summary>
    internal TimeSpan Duration => _begin == 0 || _end == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_begin, _end);

    /// <summary>Our sums of a range are final: they may travel. Any thread, before the try's sums are given up.</summary>
    /// <param name="range">Elements of the flat gradient.</param>
    internal void Ready(ElementRange range)
    {
        _source.Settle();
        _ = GuardAsync(Task.Factory.StartNew(() => Announce(range), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns));
    }

    /// <summary>Waits until all sums are where they belong.</summary>
    /// <exception cref="InvalidOperationException">A peer refused a chunk or could not be reached, or the exchange was aborted.</exception>
    internal async Task RunAsync()
    {
        if (await _ended.Task is { } failure)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    /// <summary>After the local commit: sends the weights that this worker has updated and waits for those that others have.</summary>
    /// <exception cref="InvalidOperationException">A peer refused a chunk or could not be reached, or the exchange was aborted.</exception>
    internal Task ShareWeightsAsync()
    {
        foreach (var (receiver, parcel) in _weights.Begin())
        {
            _links[receiver]!.Post(parcel);
        }

        return _weights.EndedAsync(_failure);
    }

    /// <summary>Ends the exchange; who waits for it learns the reason.</summary>
    internal void Abort(string reason) => Fail(new InvalidOperationException(reason));

    /// <summary>Takes a peer's partial of chunks that we own.</summary>
    internal AcceptOutcome AcceptPartial(ChunkMessage message)
    {
        if (Check(message) is { } refusal)
        {
            return refusal;
        }

        if (message.Bucket != _seats.Seat || !_owned.Know(message))
        {
            return AcceptOutcome.Refused;
        }

        if (Open(message, _owned.First(message)) is not { } sums)
        {
            return message.Shared is null ? AcceptOutcome.Refused : AcceptOutcome.Unreadable;
        }

        var kept = _owned.Keep(message, sums);
        kept.ForEach(AddWhatIsHere);
        return kept.Count > 0 ? AcceptOutcome.Accepted : AcceptOutcome.Duplicate;
    }

    /// <summary>Takes the total of chunks from their owner.</summary>
    internal AcceptOutcome AcceptSum(ChunkMessage message)
    {
        if (Check(message) is { } refusal)
        {
            return refusal;
        }

        if (message.Sender != message.Bucket || !_totals.Knows(message))
        {
            return AcceptOutcome.Refused;
        }

        if (Open(message, _totals.First(message)) is not { } sums)
        {
            return message.Shared is null ? AcceptOutcome.Refused : AcceptOutcome.Unreadable;
        }

        var isNew = _totals.Keep(message, sums);
        TakeTotals();
        return isNew ? AcceptOutcome.Accepted : AcceptOutcome.Duplicate;
    }

    /// <summary>Takes the weights of a chunk that its owner has updated; the local commit comes first.</summary>
    internal AcceptOutcome AcceptWeights(ChunkMessage message) =>
        Check(message) ?? _weights.Accept(message, _thread, Fail);

    private AcceptOutcome? Check(ChunkMessage message) =>
        message.Ticket == Ticket ? null : message.Ticket.IsOlderThan(Ticket) ? AcceptOutcome.Stale : AcceptOutcome.Unknown;

    /// <summary>The elements that a message tells of; null when they cannot be seen from here, or the payload's size is wrong.</summary>
    private PeerSums? Open(ChunkMessage message, ReduceChunk chunk)
    {
        if (message.Shared is not { } shared)
        {
            return message.Payload.Length == chunk.Range.Length * _thread.Session.Sums.BytesPerElement ? new PeerSums(message.Payload) : null;
        }

        return shared.Bytes == _thread.Session.Sums.StoredLength && _thread.Segments.Find(shared) is { } segment
            ? new PeerSums(segment, shared.Generation)
            : null;
    }

    private void Announce(ElementRange range)
    {
        _begin = _begin == 0 ? Stopwatch.GetTimestamp() : _begin;
        _ready = _ready.Union(RangeSet.Of(range));
        foreach (var chunk in _unposted.Where(chunk => _ready.Contains(chunk.Range)).ToList())
        {
            _links[chunk.Owner]!.Post(new Parcel(ParcelKind.Partial, chunk));
        }

        _unposted.RemoveAll(chunk => _ready.Contains(chunk.Range));
        _owned.MakeReady(_ready).ForEach(AddWhatIsHere);
        TakeTotals();
    }

    private void AddWhatIsHere(OwnedChunk chunk)
    {
        if (chunk.TryTake(out var partials, out var isLast))
        {
            _ = GuardAsync(AddAsync(chunk, partials, isLast));
        }
    }

    private async Task AddAsync(OwnedChunk chunk, List<PeerSums> partials, bool isLast)
    {
        var isAdded = await RunAsync(sums =>
            sums.TryAdd(_source.Place!.Generation, chunk.Chunk.Range, partials)
            && (!isLast || _seats.Peers.Count == 1 || sums.TrySettle(_source.Place.Generation, chunk.Chunk.Range)));
        Require(isAdded, chunk.Chunk);
        if (!isLast)
        {
            chunk.Added(partials.Count);
            AddWhatIsHere(chunk);
            return;
        }

        _unsummed--;
        foreach (var receiver in _seats.SumReceivers)
        {
            _links[receiver]!.Post(new Parcel(ParcelKind.Sum, chunk.Chunk));
        }

        EndIfDone();
    }

    /// <summary>Takes the totals that are here, where our own sums are final: before, they would be overwritten.</summary>
    private void TakeTotals()
    {
        foreach (var (chunk, total) in _totals.Take(_ready))
        {
            _ = GuardAsync(TakeAsync(chunk, total));
        }
    }

    private async Task TakeAsync(ReduceChunk chunk, PeerSums total)
    {
        Require(await RunAsync(sums => sums.TrySet(_source.Place!.Generation, chunk.Range, total)), chunk);
        _totals.Taken();
        EndIfDone();
    }

    private Task<bool> RunAsync(Func<GradientAccumulator, bool> work) =>
        _thread.RunAsync(() => !_stopping.IsCancellationRequested && work(_thread.Session.Sums));

    private void Require(bool isDone, ReduceChunk chunk)
    {
        if (!isDone)
        {
            throw new InvalidOperationException($"the sums of chunk {chunk.Index} of bucket {chunk.Owner} in step {Ticket.Step} were given up");
        }
    }

    private void Delivered(int seat, List<Parcel> parcels)
    {
        Count(parcels);
        if (parcels[0].Kind == ParcelKind.Weights)
        {
            _weights.Delivered();
        }
        else if (_seats.IsActive(seat))
        {
            _undelivered -= parcels.Count;
            EndIfDone();
        }
    }

    private void Count(List<Parcel> parcels)
    {
        var bytesPerElement = parcels[0].Kind == ParcelKind.Weights ? sizeof(float) : _thread.Session.Sums.BytesPerElement;
        var bytes = parcels.Sum(parcel => parcel.Chunk.Range.Length) * bytesPerElement;
        GivenBytes += bytes;
        ReduceInstruments.Bytes.Add(bytes);
    }

    private void FailedAt(int seat, Exception failure)
    {
        if (_seats.IsActive(seat))
        {
            Fail(failure);
        }
    }

    private void EndIfDone()
    {
        if (_undelivered == 0 && _unsummed == 0 && _totals.AreTaken)
        {
            _end = _end == 0 ? Stopwatch.GetTimestamp() : _end;
            _ended.TrySetResult(null);
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
        _ended.TrySetResult(_failure);
        _weights.Fail(_failure);
        _stopping.Cancel();
    }
}
