using NSft.Collectives;

namespace NSft.Data.Preferences;

/// <summary>How ratings become pairs.</summary>
public sealed record RatedPairOptions
{
    /// <summary>Weight of each attribute in the score, in the order of <see cref="HelpSteerRating.Attributes"/>. Default: the first three.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [1, 1, 1, 0, 0];

    /// <summary>By how much the chosen answer's score must exceed the rejected one's. Default 2.</summary>
    public double LeastGap { get; init; } = 2;

    /// <summary>Which answers make pairs.</summary>
    public PairingRule Rule { get; init; } = PairingRule.BestWithWorst;

    /// <summary>The score of a rating.</summary>
    public double Score(HelpSteerRating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        return rating.Values.Zip(Weights, (value, weight) => value * weight).Sum();
    }

    /// <summary>Reads weights such as <c>helpfulness=1,correctness=2</c>; attributes that are left out weigh nothing.</summary>
    /// <exception cref="UserInputException">An attribute is unknown or a weight is no number of 0 or more.</exception>
    public static IReadOnlyList<double> ParseWeights(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        double[] weights = new double[HelpSteerRating.Attributes.Count];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            int index = HelpSteerRating.Attributes.ToList().IndexOf(sides[0]);
            if (index < 0)
            {
                throw new UserInputException($"--weights does not know '{sides[0]}'; it takes {string.Join(", ", HelpSteerRating.Attributes)}");
            }

            weights[index] = sides.Length == 2
                && double.TryParse(sides[1], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double weight)
                && double.IsFinite(weight) && weight >= 0
                ? weight
                : throw new UserInputException($"--weights needs a number of 0 or more for {sides[0]}, such as {sides[0]}=1; got '{part}'");
        }

        return weights.Any(weight => weight > 0) ? weights : throw new UserInputException("--weights gives no attribute a weight above 0");
    }
}
