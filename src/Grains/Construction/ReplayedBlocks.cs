using System.Globalization;
using NSft.Data.Construction;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>Blocks whose dead letters are tried again: set aside, so that their answered pairs are taken over and not asked anew.</summary>
internal static class ReplayedBlocks
{
    private const string Folder = "replayed";

    /// <summary>Sets the blocks with dead letters aside.</summary>
    /// <returns>Dead letters in them.</returns>
    internal static int SetAside(JobDirectory directory, int blockCount)
    {
        var letters = 0;
        for (var block = 0; block < blockCount; block++)
        {
            if (directory.TryReadBlock(block) is { } content && DataJson.Read<BlockTally>(content.Tally).Summary.DeadLetterCount is > 0 and var count)
            {
                BlockFile.Write(PathOf(directory, block), content);
                directory.RemoveBlock(block);
                letters += count;
            }
        }

        return letters;
    }

    /// <summary>The conversations that a block had when it was set aside, by pair; none for a block that was not.</summary>
    internal static IReadOnlyDictionary<string, PairResult> Read(JobDirectory directory, int block)
    {
        var path = PathOf(directory, block);
        var lines = File.Exists(path) ? BlockFile.Read(path)?.Lines ?? [] : [];
        return lines.Select(DataJson.Read<PairLine>)
            .Where(line => line.Result is { Conversation: not null })
            .DistinctBy(line => line.PairId)
            .ToDictionary(line => line.PairId, line => line.Result!);
    }

    private static string PathOf(JobDirectory directory, int block) =>
        directory.PathOf(Path.Combine(Folder, (block + 1).ToString("000000", CultureInfo.InvariantCulture) + ".jsonl"));
}
