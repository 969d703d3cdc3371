using NSft.Collectives;

namespace NSft.Grains.Tests.Simulation;

/// <summary>A small flat vector of two tensors; blocks stand for all of their elements.</summary>
internal static class SimLayout
{
    internal static readonly GradientLayout Layout = GradientLayout.Create(
        [("first", 3 * GradientLayout.BlockLength), ("second", (4 * GradientLayout.BlockLength) - 32)]);

    internal static int BlockCount { get; } = Layout.BlockCount;

    internal static int SliceOf(int block) => block < 3 ? 0 : 1;

    /// <summary>Blocks of a range; ranges begin and end at blocks.</summary>
    internal static IEnumerable<int> Blocks(ElementRange range)
    {
        for (var offset = range.Offset; offset < range.End; offset += GradientLayout.BlockLength)
        {
            yield return (int)(offset / GradientLayout.BlockLength);
        }
    }

    internal static IEnumerable<int> Blocks(RangeSet ranges) => ranges.Ranges.SelectMany(Blocks);
}
