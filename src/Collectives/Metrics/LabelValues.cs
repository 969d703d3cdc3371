namespace NSft.Collectives.Metrics;

/// <summary>A label and all the values that it can have.</summary>
/// <param name="Name">Name of the label.</param>
/// <param name="Values">Its values; whatever is not among them counts as the last one.</param>
internal sealed record LabelValues(string Name, params string[] Values)
{
    /// <summary>A label whose values are the names of an enumeration, in lower case with underscores.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">Name of the label.</param>
    internal static LabelValues Of<T>(string name)
        where T : struct, Enum => new(name, [.. Enum.GetNames<T>().Select(Text)]);

    /// <summary>A name of code as a label's value: <c>RateLimited</c> becomes <c>rate_limited</c>.</summary>
    internal static string Text(string name) => string.Concat(name.Select((letter, at) =>
        char.IsUpper(letter) ? (at == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));

    internal int IndexOf(string value)
    {
        int index = Array.IndexOf(Values, value);
        return index < 0 ? Values.Length - 1 : index;
    }
}
