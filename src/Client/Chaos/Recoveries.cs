namespace NSft.Client.Chaos;

/// <summary>Durations from a loss to the next committed step, in seconds. Pure.</summary>
/// <param name="Count">How many.</param>
/// <param name="Median">The middle one; 0 for none.</param>
/// <param name="P95">The one that 95 of 100 do not exceed; 0 for none.</param>
/// <param name="Longest">The longest; 0 for none.</param>
internal sealed record Recoveries(int Count, double Median, double P95, double Longest)
{
    private const double High = 0.95;

    /// <summary>Summarises durations.</summary>
    public static Recoveries Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return sorted.Length == 0
            ? new Recoveries(0, 0, 0, 0)
            : new Recoveries(sorted.Length, Quantile(sorted, 0.5), Quantile(sorted, High), sorted[^1]);
    }

    /// <summary>Linear between neighbours, as most tools have it.</summary>
    internal static double Quantile(double[] sorted, double part)
    {
        double position = part * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
