using System.Globalization;

namespace NSft.Data.Validation;

/// <summary>The numbers of COCO pictures: the same picture is COCO_val2014_000000000042.jpg and train2017/000000000042.jpg.</summary>
public static class CocoName
{
    private const int NumberDigits = 12;

    /// <summary>The number in a path's file name, or null when it is no COCO name.</summary>
    public static long? NumberOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ReadOnlySpan<char> name = path.AsSpan()[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        int dot = name.LastIndexOf('.');
        ReadOnlySpan<char> stem = dot > 0 ? name[..dot] : name;
        if (stem.StartsWith("COCO_", StringComparison.OrdinalIgnoreCase))
        {
            stem = stem[(stem.LastIndexOf('_') + 1)..];
        }

        return stem.Length == NumberDigits && stem.IndexOfAnyExceptInRange('0', '9') < 0 ? long.Parse(stem, NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }
}
