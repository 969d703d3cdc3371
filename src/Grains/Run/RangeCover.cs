using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>Whether ranges cover the whole flat vector.</summary>
internal static class RangeCover
{
    /// <summary>True when every element is in some range.</summary>
    /// <param name="ranges">Ranges in any order; may overlap.</param>
    /// <param name="length">Elements of the vector.</param>
    internal static bool IsWhole(IEnumerable<RangeMessage> ranges, long length)
    {
        long end = 0;
        foreach (var range in ranges.OrderBy(range => range.Offset))
        {
            if (range.Offset > end)
            {
                return false;
            }

            end = Math.Max(end, range.Offset + range.Length);
        }

        return end >= length;
    }
}
