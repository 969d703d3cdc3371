using System.Globalization;
using NSft.Data.Formats;
using NSft.Data.Validation;

namespace NSft.Client.Datasets;

/// <summary>Says which part a row goes to, by a hash of its image or its id and the seed: order and number of rows do not matter.</summary>
/// <param name="parts">The parts; their shares are 1 together.</param>
/// <param name="seed">Seed.</param>
/// <param name="groups">Which images stay together; null to split by row.</param>
internal sealed class SplitPlan(IReadOnlyList<SplitPart> parts, ulong seed, ImageGroups? groups)
{
    private readonly string _seed = seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>Index of the part of a row.</summary>
    public int PartOf(DatasetRecord record)
    {
        UInt128 key = groups?.KeyOf(record) ?? ContentHash.Of(record.Id);
        double place = (ulong)(ContentHash.Of([key], _seed) >> 75) * (1.0 / (1ul << 53));
        for (int index = 0; index < parts.Count - 1; index++)
        {
            place -= parts[index].Share;
            if (place < 0)
            {
                return index;
            }
        }

        return parts.Count - 1;
    }
}
