namespace NSft.Evaluation.Chair;

/// <summary>Possible singulars of an English noun. The caller keeps the one its vocabulary knows.</summary>
internal static class NounForms
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["men"] = "man",
        ["women"] = "woman",
        ["children"] = "child",
        ["people"] = "person",
        ["persons"] = "person",
        ["geese"] = "goose",
        ["mice"] = "mouse",
        ["feet"] = "foot",
        ["teeth"] = "tooth",
        ["oxen"] = "ox",
    };

    /// <summary>Candidates, the likeliest first; none when the word does not look plural.</summary>
    public static IEnumerable<string> Singulars(string word)
    {
        if (Irregular.TryGetValue(word, out string? singular))
        {
            yield return singular;
            yield break;
        }

        foreach (string ending in new[] { "men", "women", "children" })
        {
            if (word.Length > ending.Length && word.EndsWith(ending, StringComparison.Ordinal))
            {
                yield return word[..^ending.Length] + Irregular[ending];
            }
        }

        if (word.Length < 3 || word[^1] != 's')
        {
            yield break;
        }

        yield return word[..^1];
        if (word.EndsWith("es", StringComparison.Ordinal))
        {
            yield return word[..^2];
        }

        if (word.EndsWith("ies", StringComparison.Ordinal))
        {
            yield return word[..^3] + "y";
        }

        if (word.EndsWith("ves", StringComparison.Ordinal))
        {
            yield return word[..^3] + "f";
            yield return word[..^3] + "fe";
        }
    }
}
