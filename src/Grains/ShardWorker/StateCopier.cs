using System.Buffers.Binary;
using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>
/// Brings a worker's state up to date from its peers, chunk by chunk, while they and perhaps the worker itself go on: a chunk is taken
/// only if it is of the step that the worker stands at, and asked for again otherwise.
/// </summary>
/// <param name="runId">The run.</param>
/// <param name="session">The worker's state.</param>
/// <param name="grains">Reaches the sources.</param>
internal sealed class StateCopier(string runId, IShardSession session, IGrainFactory grains)
{
    /// <summary>Elements of one chunk: 3 MB with weights and moments.</summary>
    internal const int ChunkLength = 1 << 18;

    private const int ChunksInFlight = 4;
    private const int FruitlessRounds = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private long _copied;

    /// <summary>Copies until nothing is missing.</summary>
    /// <param name="sources">Who has what.</param>
    /// <param name="required">Moments that the worker is to hold.</param>
    /// <param name="turn">Where to begin among the sources, so that workers spread over them.</param>
    /// <param name="cancellation">Ends the copying; what was copied stays.</param>
    /// <returns>Bytes copied.</returns>
    /// <exception cref="InvalidOperationException">No source gives what is missing.</exception>
    internal async Task<long> CopyAsync(IReadOnlyList<SourceMessage> sources, RangeSet required, int turn, CancellationToken cancellation)
    {
        var fruitless = 0;
        while (Missing(required) is { Count: > 0 } missing)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = _copied;
            await CopyRoundAsync(missing, sources, turn + fruitless, cancellation);
            if (_copied == before)
            {
                if (++fruitless == FruitlessRounds)
                {
                    throw new InvalidOperationException($"no worker gives the state of elements {missing[0].Range.Offset} to {missing[0].Range.End} after {session.NextStep} steps");
                }

                await Task.Delay(TimeSpan.FromTicks(Math.Min(Pause.Ticks * fruitless, LongestPause.Ticks)), cancellation);
            }
            else
            {
                fruitless = 0;
            }
        }

        return _copied;
    }

    /// <summary>Reads a chunk of a worker's own state for a peer.</summary>
    internal static StateChunk Read(IShardSession session, StateRequest request)
    {
        var parts = (StateParts)request.Parts;
        var range = request.Range.ToRange();
        var payload = GC.AllocateUninitializedArray<byte>(checked((int)(range.Length * BytesPerElement(parts))));
        try
        {
            var step = session.ReadState(parts, range, payload);
            return new StateChunk(step, payload, Checksum(payload));
        }
        catch (InvalidOperationException exception)
        {
            return new StateChunk(session.NextStep, ReadOnlyMemory<byte>.Empty, 0, new Failure(FailureKind.Worker, exception.Message));
        }
    }

    private static ulong Checksum(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private static int BytesPerElement(StateParts parts) =>
        sizeof(float) * ((parts.HasFlag(StateParts.Weights) ? 1 : 0) + (parts.HasFlag(StateParts.Moments) ? 2 : 0));

    private static bool Has(SourceMessage source, StateParts parts, ElementRange range) =>
        (!parts.HasFlag(StateParts.Weights) || Contains(source.Weights, range))
        && (!parts.HasFlag(StateParts.Moments) || Contains(source.Moments, range));

    private static bool Contains(RangeMessage[] ranges, ElementRange range) =>
        Array.Exists(ranges, one => one.Offset <= range.Offset && range.End <= one.Offset + one.Length);

    private static IEnumerable<(StateParts Parts, ElementRange Range)> Cut(StateParts parts, RangeSet ranges)
    {
        foreach (var range in ranges.Ranges)
        {
            for (var offset = range.Offset; offset < range.End;)
            {
                // Chunk borders are the same for everybody, so that a chunk lies within what one source holds.
                var end = Math.Min(range.End, ((offset / GradientLayout.BlockLength) * GradientLayout.BlockLength) + ChunkLength);
                yield return (parts, new ElementRange(offset, end - offset));
                offset = end;
            }
        }
    }

    private List<(StateParts Parts, ElementRange Range)> Missing(RangeSet required)
    {
        var weights = session.StaleWeights;
        var moments = required.Except(session.HeldMoments);
        var both = weights.Intersect(moments);
        return
        [
            .. Cut(StateParts.All, both),
            .. Cut(StateParts.Weights, weights.Except(both)),
            .. Cut(StateParts.Moments, moments.Except(both)),
        ];
    }

    private async Task CopyRoundAsync(
        List<(StateParts Parts, ElementRange Range)> missing, IReadOnlyList<SourceMessage> sources, int turn, CancellationToken cancellation)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, ChunksInFlight).Select(async _ =>
        {
            while (next < missing.Count && !cancellation.IsCancellationRequested)
            {
                var at = next++;
                var (parts, range) = missing[at];
                foreach (var (piece, source) in Split(parts, range, sources, turn + at))
                {
                    await CopyChunkAsync(source, parts, piece, cancellation);
                }
            }
        }));
    }

    /// <summary>A range as pieces that one source each can give; pieces that nobody has are left out.</summary>
    private static IEnumerable<(ElementRange Piece, SourceMessage Source)> Split(
        StateParts parts, ElementRange range, IReadOnlyList<SourceMessage> sources, int turn)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var source = sources[(turn + i) % sources.Count];
            if (Has(source, parts, range))
            {
                return [(range, source)];
            }
        }

        // What one source has of the first part may end within the range: by halves, down to single blocks.
        if (range.Length <= GradientLayout.BlockLength / 2)
        {
            return [];
        }

        var half = range.Length / 2;
        return Split(parts, new ElementRange(range.Offset, half), sources, turn)
            .Concat(Split(parts, new ElementRange(range.Offset + half, range.Length - half), sources, turn));
    }

    private async Task CopyChunkAsync(SourceMessage source, StateParts parts, ElementRange range, CancellationToken cancellation)
    {
        try
        {
            var request = new StateRequest(runId, RangeMessage.Of(range), (int)parts);
            var chunk = await grains.GetGrain<IShardWorkerGrain>(source.Key).ReadStateAsync(request);

            // Once stopped, the worker has told what it has: nothing is added to it any more.
            if (chunk.Failure is null
                && !cancellation.IsCancellationRequested
                && Checksum(chunk.Payload.Span) == chunk.Checksum
                && session.WriteState(chunk.Step, parts, range, chunk.Payload.Span))
            {
                _copied += chunk.Payload.Length;
            }
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            // The source is gone: the next round asks another one.
        }
    }
}
