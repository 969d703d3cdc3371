namespace NSft.Data.Construction.Comparison;

/// <summary>Joins inventions with omissions: a circle named where a hexagon is, is one confusion with two sides.</summary>
internal static class Counterparts
{
    /// <summary>Gives inventions the true side of an omission: first at the same place, then in order.</summary>
    /// <returns>The inventions, then the omissions that are left.</returns>
    public static List<FoundError> Join(IReadOnlyList<FoundError> invented, IReadOnlyList<FoundError> missed)
    {
        int[] partners = new int[invented.Count];
        Array.Fill(partners, -1);
        Assign(invented, missed, partners, AreAtOnePlace);
        Assign(invented, missed, partners, (_, _) => true);
        List<FoundError> joined = [];
        for (int index = 0; index < invented.Count; index++)
        {
            joined.Add(partners[index] < 0 ? invented[index] : invented[index] with { True = missed[partners[index]].True, Fact = missed[partners[index]].Fact });
        }

        joined.AddRange(missed.Where((_, index) => !partners.Contains(index)));
        return joined;
    }

    private static bool AreAtOnePlace(FoundError invention, FoundError omission) =>
        invention.Subject?.Place >= 0 && invention.Subject.Place == omission.Subject?.Place;

    private static void Assign(IReadOnlyList<FoundError> invented, IReadOnlyList<FoundError> missed, int[] partners, Func<FoundError, FoundError, bool> fit)
    {
        for (int index = 0; index < invented.Count; index++)
        {
            for (int other = 0; other < missed.Count && partners[index] < 0; other++)
            {
                if (invented[index].True is null && !partners.Contains(other) && fit(invented[index], missed[other]))
                {
                    partners[index] = other;
                }
            }
        }
    }
}
