namespace NSft.Data.Construction.Writing;

/// <summary>How often questions about a category are answered yes, as far as the statistics of the set foretell it.</summary>
/// <remarks>
/// A category can be affirmed where it is present. It is denied most where its partner is and it is not: there models invent it, and there
/// fill-up questions ask for it. So a category that is seldom there, but whose partner often is, leans to no, and its partner to yes.
/// Fill-up questions lean the other way, so that the name of a category alone does not foretell the answer.
/// </remarks>
internal sealed class CategoryLean
{
    // Beyond these an answer is all but certain, and a weight would let no other category come up.
    private const double Least = 0.05;
    private const double Most = 0.95;

    private readonly double[] _yesShares;

    /// <summary>Estimates the shares from the statistics of a set.</summary>
    public CategoryLean(ConstructionStatistics statistics)
    {
        int count = statistics.PresentCounts.Count;
        double[] denied = new double[count];
        for (int category = 0; category < count; category++)
        {
            int partner = Partner(statistics, category);
            if (partner >= 0)
            {
                denied[partner] += statistics.PresentCounts[category] - statistics.Together(category, partner);
            }
        }

        _yesShares = new double[count];
        for (int category = 0; category < count; category++)
        {
            double share = (statistics.PresentCounts[category] + 1.0) / (statistics.PresentCounts[category] + denied[category] + 2);
            _yesShares[category] = Math.Clamp(share, Least, Most);
        }
    }

    /// <summary>Expected share of yes, 0 to 1.</summary>
    public double YesShare(int category) => _yesShares[category];

    /// <summary>How much a category wants to be affirmed: above 1 when it leans to no.</summary>
    public double WishForYes(int category) => (1 - _yesShares[category]) / _yesShares[category];

    /// <summary>How much a category wants to be denied: above 1 when it leans to yes.</summary>
    public double WishForNo(int category) => 1 / WishForYes(category);

    private static int Partner(ConstructionStatistics statistics, int category)
    {
        int best = -1;
        double most = 0;
        for (int other = 0; other < statistics.PresentCounts.Count; other++)
        {
            double affinity = other == category ? 0 : statistics.Affinity(category, other);
            if (affinity > most)
            {
                (best, most) = (other, affinity);
            }
        }

        return best;
    }
}
