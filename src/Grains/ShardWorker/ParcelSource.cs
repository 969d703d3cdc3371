using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>Makes the messages of an exchange, and passes on what became of them.</summary>
/// <param name="ticket">The try.</param>
/// <param name="seat">The own seat.</param>
/// <param name="thread">Where sums and weights are read.</param>
/// <param name="options">Chunk memory and transport.</param>
/// <param name="stopping">Ends waiting.</param>
internal sealed class ParcelSource(
    StepTicket ticket, int seat, ExchangeThread thread, ExchangeOptions options, CancellationToken stopping)
{
    private SumsPlace? _place;

    /// <summary>Signalled when the exchange has ended early.</summary>
    internal CancellationToken Stopping => stopping;

    /// <summary>Called when a peer has taken chunks.</summary>
    internal required Action<int, List<Parcel>> Delivered { get; init; }

    /// <summary>Called when a peer has not taken a chunk.</summary>
    internal required Action<int, Exception> Failed { get; init; }

    /// <summary>Where our sums of this try are; null before any of them is final.</summary>
    internal SumsPlace? Place => Volatile.Read(ref _place);

    private GradientAccumulator Sums => thread.Session.Sums;

    /// <summary>Notes where the sums of this try are. On the thread that has just computed some of them.</summary>
    internal void Settle()
    {
        if (Place is null)
        {
            var (generation, segment) = Sums.Locate();
            Volatile.Write(ref _place, new SumsPlace(generation, options.Transport == ExchangeTransport.Auto ? segment : null));
        }
    }

    /// <summary>Whether peers of this host may read the chunk in our memory.</summary>
    internal bool CanShare(Parcel parcel) => parcel.Kind != ParcelKind.Weights && Place?.Segment is not null;

    /// <summary>A message that tells where the elements are.</summary>
    internal ChunkMessage Tell(List<Parcel> parcels)
    {
        var place = Place!;
        var segment = place.Segment!.Value;
        var shared = new SharedSums(
            segment.ProcessId, segment.Descriptor, segment.Id, segment.Bytes, place.Generation, parcels.Count);
        return new ChunkMessage(ticket, seat, parcels[0].Chunk.Owner, parcels[0].Chunk.Index, default, shared);
    }

    /// <summary>A message with the elements.</summary>
    internal async Task<ChunkMessage> ReadAsync(Parcel parcel)
    {
        var payload = await thread.RunAsync(() => parcel.Kind == ParcelKind.Weights ? ReadWeights(parcel.Chunk.Range) : ReadSums(parcel.Chunk.Range));
        return new ChunkMessage(ticket, seat, parcel.Chunk.Owner, parcel.Chunk.Index, payload);
    }

    private byte[] ReadSums(ElementRange range)
    {
        stopping.ThrowIfCancellationRequested();
        var bytes = options.Buffers.Rent(ticket, checked((int)range.Length * Sums.BytesPerElement));
        return Sums.TryCopy(Place!.Generation, range, bytes)
            ? bytes
            : throw new InvalidOperationException($"the sums of step {ticket.Step} were given up");
    }

    private byte[] ReadWeights(ElementRange range)
    {
        stopping.ThrowIfCancellationRequested();
        var bytes = options.Buffers.Rent(ticket, checked((int)range.Length * sizeof(float)));
        var step = thread.Session.ReadState(StateParts.Weights, range, bytes);
        return step == ticket.Step + 1
            ? bytes
            : throw new InvalidOperationException($"the weights are those of step {step}, not those after step {ticket.Step}");
    }
}
