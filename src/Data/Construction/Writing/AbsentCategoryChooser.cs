using NSft.Data.Construction.Comparison;

namespace NSft.Data.Construction.Writing;

/// <summary>Chooses categories that are not in an image, to ask for them: some that are likely there, some at random.</summary>
/// <remarks>At random means as often as a category is present elsewhere, so that its name alone does not foretell the answer.</remarks>
internal sealed class AbsentCategoryChooser(Lexicon lexicon, ConstructionStatistics statistics, CategoryLean lean, double hardShare)
{
    private const double WeightUnit = 4000;
    private const double RefusedBelow = 0.2;
    private const double AcceptedFrom = 0.7;

    // Where descriptions leave things out, a category that goes with a present one this often may well be there unmentioned.
    private const double SuspiciousShare = 0.3;

    /// <summary>All categories that can be asked for with the answer no, in the order to ask.</summary>
    public IEnumerable<int> Choose(SceneTruth truth, SeededChoice choice)
    {
        int[] present = [.. truth.Present.Select(mention => mention.Category).Distinct().Where(IsObject)];
        List<int> candidates = [.. Enumerable.Range(0, lexicon.CategoryNames.Count).Where(category => IsAbsent(category, present, truth))];
        List<int> ranked = [.. candidates.OrderByDescending(category => Strongest(category, present)).ThenBy(category => category)];
        while (candidates.Count > 0)
        {
            int category = choice.With(hardShare) && choice.With(Acceptance(ranked[0])) ? ranked[0] : candidates[choice.Weighted([.. candidates.Select(Weight)])];
            candidates.Remove(category);
            ranked.Remove(category);
            yield return category;
        }
    }

    private double Acceptance(int category) => Math.Clamp((lean.YesShare(category) - RefusedBelow) / (AcceptedFrom - RefusedBelow), 0, 1);

    private int Weight(int category) => 1 + (int)(WeightUnit * (1.0 + statistics.PresentCounts[category]) / (1.0 + statistics.ImageCount) * lean.WishForNo(category));

    private bool IsAbsent(int category, int[] present, SceneTruth truth)
    {
        if (!IsObject(category) || !truth.Refutes(new Claim(ClaimForm.Object, category)))
        {
            return false;
        }

        bool isSuspicious = !lexicon.Content.HasCompleteDescriptions
            && present.Any(other => statistics.Together(category, other) >= SuspiciousShare * Math.Max(1, statistics.PresentCounts[other]));
        return !isSuspicious;
    }

    private double Strongest(int category, int[] present) =>
        present.Length == 0 ? statistics.PresentCounts[category] : present.Max(other => statistics.Affinity(category, other));

    private bool IsObject(int category) => lexicon.Content.Categories[category].Code == Lexicon.ExistenceCode;
}
