using System.Globalization;

namespace NSft.Collectives;

/// <summary>A set of elements of the flat vector, as ranges in order that neither touch nor overlap. Immutable.</summary>
public sealed class RangeSet : IEquatable<RangeSet>
{
    private readonly ElementRange[] _ranges;

    private RangeSet(ElementRange[] ranges)
    {
        _ranges = ranges;
        Length = ranges.Sum(range => range.Length);
    }

    /// <summary>No element.</summary>
    public static RangeSet Empty { get; } = new([]);

    /// <summary>The ranges in order; none is empty, and between two of them elements are missing.</summary>
    public IReadOnlyList<ElementRange> Ranges => _ranges;

    /// <summary>Number of elements.</summary>
    public long Length { get; }

    /// <summary>No element is in it.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The elements of a range.</summary>
    /// <param name="range">May be empty.</param>
    public static RangeSet Of(ElementRange range) => Of([range]);

    /// <summary>The elements of some ranges.</summary>
    /// <param name="ranges">In any order; may overlap, may be empty.</param>
    public static RangeSet Of(IEnumerable<ElementRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var joined = new List<ElementRange>();
        foreach (ElementRange range in ranges.Where(range => Check(range).Length > 0).OrderBy(range => range.Offset))
        {
            if (joined.Count > 0 && joined[^1].End >= range.Offset)
            {
                long first = joined[^1].Offset;
                joined[^1] = new ElementRange(first, Math.Max(joined[^1].End, range.End) - first);
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined.Count == 0 ? Empty : new RangeSet([.. joined]);
    }

    /// <summary>Elements of one or the other.</summary>
    /// <param name="other">The other set.</param>
    public RangeSet Union(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsEmpty ? this : IsEmpty ? other : Of(_ranges.Concat(other._ranges));
    }

    /// <summary>Elements of both.</summary>
    /// <param name="other">The other set.</param>
    public RangeSet Intersect(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var shared = new List<ElementRange>();
        int mine = 0;
        int theirs = 0;
        while (mine < _ranges.Length && theirs < other._ranges.Length)
        {
            ElementRange overlap = _ranges[mine].Overlap(other._ranges[theirs]);
            if (overlap.Length > 0)
            {
                shared.Add(overlap);
            }

            if (_ranges[mine].End < other._ranges[theirs].End)
            {
                mine++;
            }
            else
            {
                theirs++;
            }
        }

        return Of(shared);
    }

    /// <summary>Elements of this set that are not in the other.</summary>
    /// <param name="other">The other set.</param>
    public RangeSet Except(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsEmpty || other.IsEmpty ? this : Intersect(other.Complement(_ranges[^1].End));
    }

    /// <summary>Every element of a range is in the set; so is every element of an empty range.</summary>
    /// <param name="range">The range.</param>
    public bool Contains(ElementRange range) => range.Length == 0 || Array.Exists(_ranges, own => own.Offset <= range.Offset && range.End <= own.End);

    /// <summary>Every element of another set is in this one.</summary>
    /// <param name="other">The other set.</param>
    public bool Contains(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._ranges.All(Contains);
    }

    /// <inheritdoc/>
    public bool Equals(RangeSet? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RangeSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (ElementRange range in _ranges)
        {
            hash.Add(range);
        }

        return hash.ToHashCode();
    }

    /// <summary>First element and end of each range, for messages.</summary>
    public override string ToString() =>
        IsEmpty ? "none" : string.Join(", ", _ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Offset}..{range.End}")));

    private static ElementRange Check(ElementRange range) =>
        range is { Offset: >= 0, Length: >= 0 }
            ? range
            : throw new ArgumentOutOfRangeException(nameof(range), range, "A range has neither a negative offset nor a negative length.");

    /// <summary>What is missing from 0 to an end.</summary>
    private RangeSet Complement(long end)
    {
        var gaps = new List<ElementRange>();
        long next = 0;
        foreach (ElementRange range in _ranges.Where(range => range.Offset < end))
        {
            gaps.Add(new ElementRange(next, range.Offset - next));
            next = range.End;
        }

        gaps.Add(new ElementRange(next, Math.Max(0, end - next)));
        return Of(gaps);
    }
}
