using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction;

/// <summary>Counts the categories of images row by row; an image with several rows counts when its last row has come.</summary>
internal sealed class CategoryCounter(int categoryCount, ImageRows rows)
{
    private readonly int[] _present = new int[categoryCount];
    private readonly int[] _together = new int[categoryCount * categoryCount];
    private readonly Dictionary<int, PendingImage> _pending = [];
    private int _imageCount;
    private int _row;

    /// <summary>The next row's chosen answer.</summary>
    public void Add(Statement chosen)
    {
        int group = rows.GroupOf(_row++);
        if (group < 0)
        {
            Count(chosen.Present.Select(mention => mention.Category).ToHashSet(), chosen.IsDescription);
            return;
        }

        if (!_pending.TryGetValue(group, out PendingImage? image))
        {
            _pending[group] = image = new PendingImage(rows.SizeOf(group));
        }

        image.Categories.UnionWith(chosen.Present.Select(mention => mention.Category));
        image.IsDescribed |= chosen.IsDescription;
        if (--image.Missing == 0)
        {
            Count(image.Categories, image.IsDescribed);
            _pending.Remove(group);
        }
    }

    /// <summary>The counts.</summary>
    /// <exception cref="ArgumentException">There were not as many rows as the images say.</exception>
    public ConstructionStatistics Finish() => _row == rows.RowCount
        ? new ConstructionStatistics(_imageCount, _present, _together, new Dictionary<string, IReadOnlyList<ReferenceAnswer>>(StringComparer.Ordinal))
        : throw new ArgumentException($"{_row} rows came, but the images of {rows.RowCount} rows are known");

    private void Count(HashSet<int> categories, bool isDescribed)
    {
        if (!isDescribed)
        {
            return;
        }

        _imageCount++;
        foreach (int category in categories)
        {
            _present[category]++;
            foreach (int other in categories)
            {
                _together[(category * _present.Length) + other] += category == other ? 0 : 1;
            }
        }
    }

    private sealed class PendingImage(int missing)
    {
        public HashSet<int> Categories { get; } = [];

        public bool IsDescribed { get; set; }

        public int Missing { get; set; } = missing;
    }
}
