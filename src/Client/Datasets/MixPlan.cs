using System.Globalization;
using NSft.Collectives;

namespace NSft.Client.Datasets;

/// <summary>How many rows of each source a mixture takes.</summary>
internal static class MixPlan
{
    /// <summary>Rows to take of each source.</summary>
    /// <param name="sources">What is wanted of each.</param>
    /// <param name="counts">Rows that each has, at least 1.</param>
    /// <param name="rows">Rows of the mixture, or null for as many as there are.</param>
    /// <param name="mayRepeat">Whether rows may be taken several times.</param>
    /// <exception cref="UserInputException">What is wanted does not fit together, or a source has too few rows.</exception>
    public static IReadOnlyList<long> Of(IReadOnlyList<MixSource> sources, IReadOnlyList<long> counts, long? rows, bool mayRepeat)
    {
        bool hasShares = sources.Any(source => source.Share is not null);
        if (hasShares && sources.Any(source => source.Share is null))
        {
            throw new UserInputException("--data: give every source a share, or none");
        }

        if (rows is not null && sources.Any(source => source.Rows is not null))
        {
            throw new UserInputException("--rows does not go with numbers of rows behind --data; give shares");
        }

        long[] taken = hasShares || rows is not null
            ? ByShare(sources, counts, rows, mayRepeat)
            : [.. sources.Select((source, index) => source.Rows ?? counts[index])];
        for (int index = 0; index < taken.Length; index++)
        {
            if (taken[index] > counts[index] && !mayRepeat)
            {
                throw new UserInputException(string.Create(
                    CultureInfo.InvariantCulture, $"--data {sources[index].Path}: has {counts[index]} rows, {taken[index]} are wanted; ask for fewer or add --repeat"));
            }
        }

        return taken;
    }

    private static long[] ByShare(IReadOnlyList<MixSource> sources, IReadOnlyList<long> counts, long? rows, bool mayRepeat)
    {
        double sum = sources.Sum(source => source.Share ?? 0);
        double[] shares = [.. sources.Select((source, index) => sum > 0 ? source.Share!.Value / sum : (double)counts[index] / counts.Sum())];

        // Without a size: as large as no source runs out, or, with repeats, as small as every source is used up.
        IEnumerable<double> sizes = shares.Select((share, index) => counts[index] / share);
        long size = rows ?? (long)(mayRepeat ? Math.Ceiling(sizes.Max() - 1e-6) : Math.Floor(sizes.Min() + 1e-6));
        long[] taken = [.. shares.Select(share => (long)Math.Floor((share * size) + 1e-9))];
        int[] byRemainder = [.. Enumerable.Range(0, taken.Length).OrderByDescending(index => (shares[index] * size) - taken[index]).ThenBy(index => index)];
        long missing = size - taken.Sum();
        for (int index = 0; index < missing; index++)
        {
            taken[byRemainder[index % byRemainder.Length]]++;
        }

        return taken;
    }
}
