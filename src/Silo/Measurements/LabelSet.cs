using System.Globalization;

namespace NSft.Silo.Measurements;

/// <summary>The tags of a measurement as labels: sorted by name, each name once.</summary>
internal readonly struct LabelSet : IEquatable<LabelSet>
{
    private static readonly LabelSet Empty = new([], []);

    private readonly int _hash;

    private LabelSet(string[] names, string[] values)
    {
        Names = names;
        Values = values;
        var hash = default(HashCode);
        foreach (var value in values)
        {
            hash.Add(value, StringComparer.Ordinal);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>Names, sorted.</summary>
    public string[] Names { get; }

    /// <summary>Values in the order of the names.</summary>
    public string[] Values { get; }

    /// <summary>The labels of a measurement; of tags with one name the first counts.</summary>
    public static LabelSet Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return Empty;
        }

        var names = new string[tags.Length];
        var values = new string[tags.Length];
        var count = 0;
        foreach (var (tag, value) in tags)
        {
            var name = MetricNames.OfTag(tag);
            if (Array.IndexOf(names, name, 0, count) < 0)
            {
                names[count] = name;
                values[count++] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            }
        }

        Array.Resize(ref names, count);
        Array.Resize(ref values, count);
        Array.Sort(names, values, StringComparer.Ordinal);
        return new LabelSet(names, values);
    }

    /// <inheritdoc/>
    public bool Equals(LabelSet other) =>
        _hash == other._hash && Values.AsSpan().SequenceEqual(other.Values) && Names.AsSpan().SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LabelSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
