using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>The results of a job whose blocks are all done, block by block and in the order of the data.</summary>
/// <param name="directory">The job's directory.</param>
/// <param name="blockCount">Number of its blocks.</param>
/// <param name="blockSize">Pairs of a block.</param>
internal sealed class JobResults(JobDirectory directory, int blockCount, int blockSize)
{
    /// <summary>Blocks with originals of copies that are kept at hand.</summary>
    private const int KeptBlocks = 16;

    private readonly LinkedList<(int Block, PairLine[] Lines)> _recent = new();

    /// <summary>Every pair's result, a block at a time; copies have the result of their original, which cost nothing again.</summary>
    internal IEnumerable<PairResult[]> ReadBlocks() => Enumerable.Range(0, blockCount).Select(block => ReadLines(block).Select(ResultOf).ToArray());

    /// <summary>The balance of yes and no over all results, from what the blocks count themselves.</summary>
    internal BalanceCounts ReadBalance()
    {
        var counts = new BalanceCounts();
        for (var block = 0; block < blockCount; block++)
        {
            var content = directory.ReadBlock(block);
            var tally = DataJson.Read<BlockTally>(content.Tally);
            counts = counts.Merge(tally.Balance);
            if (tally.PairCount > tally.Summary.PairCount)
            {
                var copies = content.Lines.Select(DataJson.Read<PairLine>).Where(line => line.CopyOf is not null).Select(ResultOf);
                counts = counts.Merge(SetBalance.Count(copies.Where(copy => copy.Conversation is not null).Select(copy => copy.Conversation!)));
            }
        }

        return counts;
    }

    private PairResult ResultOf(PairLine line)
    {
        if (line.CopyOf is not { } first)
        {
            return line.Result!;
        }

        var original = Recent(first / blockSize)[first % blockSize].Result!;
        return original with
        {
            PairId = line.PairId,
            Conversation = original.Conversation is { } conversation ? conversation with { PairId = line.PairId, Image = line.Image! } : null,
            DeadLetter = original.DeadLetter is { } letter ? letter with { PairId = line.PairId, Row = line.Row } : null,
            Usage = ChatUsage.None,
            Rejections = [],
            IsRepaired = false,
        };
    }

    private PairLine[] Recent(int block)
    {
        for (var node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Block == block)
            {
                return node.Value.Lines;
            }
        }

        if (_recent.Count == KeptBlocks)
        {
            _recent.RemoveLast();
        }

        var lines = ReadLines(block);
        _recent.AddFirst((block, lines));
        return lines;
    }

    private PairLine[] ReadLines(int block) => [.. directory.ReadBlock(block).Lines.Select(DataJson.Read<PairLine>)];
}
