using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Tests.Exchange;

/// <summary>The way to a worker, with the faults that a network or a slow peer has.</summary>
/// <param name="worker">The worker.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class WirePeer(ExchangeWorker worker, WireFaults faults) : IExchangePeer
{
    public Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk) => SendAsync(ParcelKind.Partial, chunk);

    public Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk) => SendAsync(ParcelKind.Sum, chunk);

    public Task<AcceptOutcome> AcceptWeightsAsync(ChunkMessage chunk) => SendAsync(ParcelKind.Weights, chunk);

    private async Task<AcceptOutcome> SendAsync(ParcelKind kind, ChunkMessage chunk)
    {
        faults.Entered(kind, worker.Seat, chunk);
        try
        {
            for (var turn = faults.NextDelay(); turn > 0; turn--)
            {
                await Task.Yield();
            }

            if (faults.IsUnknown(kind, worker.Seat, chunk))
            {
                return AcceptOutcome.Unknown;
            }

            if (faults.IsBlind && chunk.Shared is { } shared)
            {
                chunk = chunk with { Shared = shared with { Segment = Guid.Empty } };
            }

            await faults.OpenAsync(worker.Seat);
            var outcome = await worker.AcceptAsync(kind, chunk);
            if (faults.IsRepeating && outcome == AcceptOutcome.Accepted)
            {
                outcome = await worker.AcceptAsync(kind, chunk);
            }

            return outcome;
        }
        finally
        {
            faults.Left(worker.Seat, chunk);
        }
    }
}
