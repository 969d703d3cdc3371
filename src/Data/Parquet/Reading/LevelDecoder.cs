using System.Numerics;
using NSft.Data.Parquet.Encodings;

namespace NSft.Data.Parquet.Reading;

/// <summary>Decodes definition or repetition levels and checks that none is too large.</summary>
/// <param name="data">The runs of levels; null where all levels are 0 and none are written.</param>
/// <param name="largest">The largest level.</param>
internal sealed class LevelDecoder(ArraySegment<byte>? data, int largest)
{
    private readonly HybridDecoder? _levels = data is ArraySegment<byte> runs ? new HybridDecoder(runs, BitsFor(largest)) : null;

    /// <summary>Bits that a level takes.</summary>
    public static int BitsFor(int largest) => 32 - BitOperations.LeadingZeroCount((uint)largest);

    /// <summary>Fills a span with the next levels.</summary>
    public void Read(Span<int> levels)
    {
        if (_levels is null)
        {
            levels.Clear();
            return;
        }

        _levels.Read(levels);
        foreach (int level in levels)
        {
            if ((uint)level > (uint)largest)
            {
                throw new ParquetFormatException("a level is larger than the schema allows");
            }
        }
    }
}
