namespace NSft.Collectives.Metrics;

/// <summary>All combinations of label values, numbered, with their tags made once.</summary>
internal sealed class LabelSet
{
    private readonly LabelValues[] _labels;
    private readonly KeyValuePair<string, object?>[][] _tags;

    /// <param name="labels">The labels; none for a single series.</param>
    internal LabelSet(LabelValues[] labels)
    {
        _labels = labels;
        _tags = [.. Enumerable.Range(0, labels.Aggregate(1, (count, label) => count * label.Values.Length)).Select(TagsOf)];
    }

    /// <summary>Number of combinations.</summary>
    internal int Count => _tags.Length;

    /// <summary>Tags of a combination.</summary>
    internal KeyValuePair<string, object?>[] Tags(int index) => _tags[index];

    /// <summary>Number of a combination.</summary>
    internal int IndexOf(ReadOnlySpan<string> values)
    {
        if (values.Length != _labels.Length)
        {
            throw new ArgumentException($"{values.Length} values were given for {_labels.Length} labels.", nameof(values));
        }

        int index = 0;
        for (int i = 0; i < values.Length; i++)
        {
            index = (index * _labels[i].Values.Length) + _labels[i].IndexOf(values[i]);
        }

        return index;
    }

    private KeyValuePair<string, object?>[] TagsOf(int index)
    {
        var tags = new KeyValuePair<string, object?>[_labels.Length];
        for (int i = _labels.Length - 1; i >= 0; i--)
        {
            string[] values = _labels[i].Values;
            tags[i] = new(_labels[i].Name, values[index % values.Length]);
            index /= values.Length;
        }

        return tags;
    }
}
