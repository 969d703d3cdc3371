using System.Globalization;
using NSft.Collectives;

namespace NSft.Client.Datasets;

/// <summary>A part of a split.</summary>
/// <param name="Name">Name of its file, without extension.</param>
/// <param name="Share">Share of the rows or images, above 0 and at most 1.</param>
internal sealed record SplitPart(string Name, double Share)
{
    private const double Tolerance = 1e-6;

    /// <summary>Reads <c>train=0.9,eval=0.1</c>.</summary>
    /// <exception cref="UserInputException">A name or a share cannot be used, or the shares are not 1 together.</exception>
    public static IReadOnlyList<SplitPart> ParseAll(string option, string text)
    {
        List<SplitPart> parts = [];
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            SplitPart part = Parse(option, item);
            parts.Add(parts.TrueForAll(other => other.Name != part.Name) ? part : throw new UserInputException($"{option} {text}: '{part.Name}' is named twice"));
        }

        double sum = parts.Sum(part => part.Share);
        return Math.Abs(sum - 1) <= Tolerance
            ? parts
            : throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{option} {text}: the shares are {sum:0.######} together; they must be 1"));
    }

    private static SplitPart Parse(string option, string item)
    {
        int equals = item.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? item : item[..equals].Trim();
        if (equals < 0
            || !double.TryParse(item.AsSpan(equals + 1), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out double share)
            || share is not (> 0 and <= 1))
        {
            throw new UserInputException($"{option} '{item}': write a part as name=share with a share above 0 and at most 1, such as train=0.9");
        }

        bool isFileName = name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
        return isFileName ? new SplitPart(name, share) : throw new UserInputException($"{option} '{item}': name a part by letters, digits, - and _");
    }
}
