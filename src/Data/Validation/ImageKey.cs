using System.Text;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Tells images apart without keeping their names.</summary>
public static class ImageKey
{
    /// <summary>The key of an image: of its path where it has one, else of its bytes.</summary>
    public static UInt128 Of(DatasetImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Path is { Length: > 0 } path ? Of(path) : ContentHash.Of(image.Bytes.GetValueOrDefault().Span);
    }

    /// <summary>The key of an image path; the ways to write one path have the same key.</summary>
    public static UInt128 Of(string path) => ContentHash.Of(Normalise(path));

    /// <summary>The key of what the picture shows: COCO gives one picture several names, which have the same key here.</summary>
    public static UInt128 OfPicture(DatasetImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Path is { Length: > 0 } path && CocoName.NumberOf(path) is long number ? OfCoco(number) : Of(image);
    }

    /// <summary>The key of a COCO picture.</summary>
    public static UInt128 OfCoco(long number) => ContentHash.Of(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\0coco {number}"));

    private static string Normalise(string path)
    {
        string forward = path.Contains('\\', StringComparison.Ordinal) ? path.Replace('\\', '/') : path;
        if (forward.Contains("//", StringComparison.Ordinal) || forward.Contains("./", StringComparison.Ordinal))
        {
            StringBuilder joined = new(forward.Length);
            foreach (string part in forward.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
            {
                joined.Append(joined.Length > 0 ? "/" : "").Append(part);
            }

            return forward.StartsWith('/') ? "/" + joined : joined.ToString();
        }

        return forward;
    }
}
