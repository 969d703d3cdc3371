using System.Globalization;

namespace NSft.Data.Preferences;

/// <summary>How good an answer is on the five attributes of HelpSteer, each 0 to 4; fractions come from the mean of several ratings.</summary>
/// <param name="Helpfulness">Overall helpfulness.</param>
/// <param name="Correctness">Facts are there and true.</param>
/// <param name="Coherence">Consistent and clear.</param>
/// <param name="Complexity">Depth that the answer needed.</param>
/// <param name="Verbosity">Detail beyond what was asked.</param>
/// <remarks>Source: arXiv:2311.09528; used for pairs by arXiv:2402.10884.</remarks>
public sealed record HelpSteerRating(double Helpfulness, double Correctness, double Coherence, double Complexity, double Verbosity)
{
    /// <summary>Highest value of an attribute.</summary>
    public const int Highest = 4;

    /// <summary>The attributes in their usual order.</summary>
    public static IReadOnlyList<string> Attributes { get; } = ["helpfulness", "correctness", "coherence", "complexity", "verbosity"];

    /// <summary>The values in the order of <see cref="Attributes"/>.</summary>
    public IReadOnlyList<double> Values => [Helpfulness, Correctness, Coherence, Complexity, Verbosity];

    /// <summary>A rating of five values in the order of <see cref="Attributes"/>.</summary>
    public static HelpSteerRating Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new HelpSteerRating(values[0], values[1], values[2], values[3], values[4]);
    }

    /// <summary>The mean of several ratings; at least one.</summary>
    public static HelpSteerRating Mean(IReadOnlyCollection<HelpSteerRating> ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return Of([.. Attributes.Select((_, index) => ratings.Average(rating => rating.Values[index]))]);
    }

    /// <summary>The string that SteerLM conditions on, such as <c>helpfulness:4,correctness:4,coherence:4,complexity:2,verbosity:1</c>.</summary>
    public string ToSteerString() => string.Join(',', Attributes.Select((name, index) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}:{Math.Round(Values[index], MidpointRounding.AwayFromZero):0}")));
}
