namespace NSft.Data.Construction.Vocabulary;

/// <summary>English plurals by rule, with the few irregular ones that images are full of.</summary>
internal static class NounForm
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["people"] = "person",
        ["men"] = "man",
        ["women"] = "woman",
        ["children"] = "child",
        ["feet"] = "foot",
        ["teeth"] = "tooth",
        ["mice"] = "mouse",
        ["geese"] = "goose",
        ["knives"] = "knife",
        ["shelves"] = "shelf",
        ["leaves"] = "leaf",
        ["loaves"] = "loaf",
        ["wolves"] = "wolf",
        ["calves"] = "calf",
        ["oxen"] = "ox",
        ["policemen"] = "policeman",
        ["firemen"] = "fireman",
        ["snowmen"] = "snowman",
        ["shoes"] = "shoe",
        ["horses"] = "horse",
        ["houses"] = "house",
        ["vases"] = "vase",
        ["noses"] = "nose",
        ["roses"] = "rose",
        ["cases"] = "case",
        ["suitcases"] = "suitcase",
        ["movies"] = "movie",
        ["cookies"] = "cookie",
        ["ties"] = "tie",
        ["pies"] = "pie",
        ["buses"] = "bus",
        ["glasses"] = "glass",
        ["purses"] = "purse",
        ["axes"] = "axe",
        ["canoes"] = "canoe",
    };

    private static readonly HashSet<string> Alike = new(StringComparer.Ordinal)
    {
        "sheep", "deer", "fish", "aircraft", "broccoli", "luggage", "scissors", "pants", "jeans", "shorts", "sunglasses", "skis", "series", "species", "binoculars",
    };

    private static readonly HashSet<string> NoPlural = new(StringComparer.Ordinal)
    {
        "bus", "gas", "lens", "this", "his", "is", "was", "has", "its", "christmas", "tennis", "plus", "yes", "us", "canvas", "cactus", "octopus", "iris", "chess", "news",
    };

    private static readonly Dictionary<string, string> Plurals = Irregular.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The plural of a noun, which may be the last word of a phrase.</summary>
    public static string PluralOf(string name)
    {
        int last = name.LastIndexOf(' ') + 1;
        if (Plurals.TryGetValue(name[last..], out string? plural))
        {
            return name[..last] + plural;
        }

        if (Alike.Contains(name[last..]))
        {
            return name;
        }

        if (name.Length > 1 && name[^1] == 'y' && !"aeiou".Contains(name[^2], StringComparison.Ordinal))
        {
            return name[..^1] + "ies";
        }

        bool hisses = name.EndsWith('s') || name.EndsWith('x') || name.EndsWith('z') || name.EndsWith("ch", StringComparison.Ordinal) || name.EndsWith("sh", StringComparison.Ordinal);
        return name + (hisses ? "es" : "s");
    }

    /// <summary>The singular of a noun in lower case; the noun itself when it is no plural.</summary>
    public static string SingularOf(string noun)
    {
        if (Irregular.TryGetValue(noun, out string? singular))
        {
            return singular;
        }

        if (!IsRegularPlural(noun))
        {
            return noun;
        }

        if (noun.EndsWith("ies", StringComparison.Ordinal) && noun.Length > 4)
        {
            return noun[..^3] + "y";
        }

        bool isHissing = noun.EndsWith("ches", StringComparison.Ordinal) || noun.EndsWith("shes", StringComparison.Ordinal)
            || noun.EndsWith("xes", StringComparison.Ordinal) || noun.EndsWith("sses", StringComparison.Ordinal) || noun.EndsWith("oes", StringComparison.Ordinal);
        return isHissing ? noun[..^2] : noun[..^1];
    }

    /// <summary>Whether a noun in lower case stands in the plural, or is written alike in both.</summary>
    public static bool IsPlural(string noun) => Irregular.ContainsKey(noun) || Alike.Contains(noun) || IsRegularPlural(noun);

    private static bool IsRegularPlural(string noun) =>
        noun.Length > 2 && noun[^1] == 's' && noun[^2] is not ('s' or 'u' or '\'') && !NoPlural.Contains(noun) && !Alike.Contains(noun);
}
