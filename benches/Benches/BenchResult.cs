using System.Globalization;

namespace NSft.Benches;

/// <summary>What one bench measured: NSft beside its peer, in one run.</summary>
/// <param name="Unit">What a rate counts.</param>
/// <param name="Peer">Who the peer is.</param>
/// <param name="OwnSeconds">Seconds of each of our repetitions.</param>
/// <param name="PeerSeconds">Seconds of each of the peer's.</param>
/// <param name="Work">Units of work a repetition.</param>
/// <param name="Agreement">How the results were compared, and what came out.</param>
internal sealed record BenchResult(string Unit, string Peer, double[] OwnSeconds, double[] PeerSeconds, double Work, string Agreement)
{
    /// <summary>Time of ours over time of the peer's, by medians; below 1 is faster.</summary>
    public double Ratio => Median(OwnSeconds) / Median(PeerSeconds);

    /// <summary>One paragraph for a terminal.</summary>
    public string Format(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {name}
          NSft        {Work / Median(OwnSeconds),10:F1} {Unit}   (median of {OwnSeconds.Length}, {OwnSeconds.Min() * 1000:F1}..{OwnSeconds.Max() * 1000:F1} ms)
          {Peer,-11} {Work / Median(PeerSeconds),10:F1} {Unit}   (median of {PeerSeconds.Length}, {PeerSeconds.Min() * 1000:F1}..{PeerSeconds.Max() * 1000:F1} ms)
          time ratio  {Ratio,10:F2}
          agreement   {Agreement}
        """);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
