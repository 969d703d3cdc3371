using System.Runtime.ExceptionServices;
using NSft.Data.Construction;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Dataset;
using NSft.Grains.Instruments;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>Constructs the pairs of a block and writes the block into the job's directory. Any thread.</summary>
/// <param name="context">The job on this silo.</param>
/// <param name="constructors">Makes the block's constructor.</param>
internal sealed class BlockWorker(JobContext context, IPairConstructors constructors)
{
    /// <summary>Works on a block; one that is done already is left as it is.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="block">Index of the block.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written then.</param>
    internal async Task<BlockTally> WorkAsync(string jobId, int block, CancellationToken cancellationToken)
    {
        if (context.Directory.TryReadBlock(block) is { } done)
        {
            return DataJson.Read<BlockTally>(done.Tally);
        }

        var pairs = context.ReadPairs(block);
        var earlier = ReplayedBlocks.Read(context.Directory, block);
        var constructor = constructors.Create(context.Settings, jobId, context.Vocabulary, context.StatisticsOf(block));
        var lines = context.Settings.IsConcurrent
            ? await ConstructTogetherAsync(constructor, pairs, earlier, cancellationToken)
            : await ConstructInTurnAsync(constructor, pairs, cancellationToken);
        var tally = BlockTally.Of(lines);
        context.Directory.WriteBlock(block, new BlockContent([.. lines.Select(DataJson.Write)], DataJson.Write(tally)));
        Count(lines, earlier);
        return tally;
    }

    private static void Count(PairLine[] lines, IReadOnlyDictionary<string, PairResult> earlier)
    {
        foreach (var line in lines)
        {
            ConstructionInstruments.Pairs.Add(1, line.Result switch
            {
                null => ConstructionInstruments.Copied,
                { Conversation: null } => ConstructionInstruments.DeadLetter,
                { Conversation.Turns.Count: 0 } => ConstructionInstruments.Empty,
                _ => ConstructionInstruments.Constructed,
            });
            foreach (var reason in earlier.ContainsKey(line.PairId) ? [] : line.Result?.Rejections ?? [])
            {
                ConstructionInstruments.Rejected.Add(1, reason);
            }
        }
    }

    private static async Task<PairLine[]> ConstructInTurnAsync(IPairConstructor constructor, SpooledPair[] pairs, CancellationToken cancellationToken)
    {
        var lines = new PairLine[pairs.Length];
        for (var index = 0; index < pairs.Length; index++)
        {
            var pair = pairs[index];
            lines[index] = new PairLine(pair.Id, pair.Row, await constructor.ConstructAsync(pair.ToPair(), cancellationToken));
        }

        return lines;
    }

    private async Task<PairLine[]> ConstructTogetherAsync(
        IPairConstructor constructor, SpooledPair[] pairs, IReadOnlyDictionary<string, PairResult> earlier, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = pairs.Select(pair => ConstructAsync(pair)).ToArray();
        try
        {
            return await Task.WhenAll(lines);
        }
        catch (OperationCanceledException) when (lines.FirstOrDefault(line => line.IsFaulted) is { } first)
        {
            // The pairs that were called off are told of first where they stand before the one that failed.
            ExceptionDispatchInfo.Throw(first.Exception!.InnerException!);
            throw;
        }

        async Task<PairLine> ConstructAsync(SpooledPair pair)
        {
            if (pair.CopyOf is { } first)
            {
                return new PairLine(pair.Id, pair.Row, null, first, pair.Image);
            }

            if (earlier.TryGetValue(pair.Id, out var result))
            {
                return new PairLine(pair.Id, pair.Row, result);
            }

            try
            {
                using var slot = await context.Slots.TakeAsync(ended.Token);
                return new PairLine(pair.Id, pair.Row, await constructor.ConstructAsync(pair.ToPair(), ended.Token));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The block cannot be whole any more: what its other pairs would cost is saved.
                await ended.CancelAsync();
                throw;
            }
        }
    }
}
