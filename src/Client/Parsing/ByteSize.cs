using System.Globalization;
using NSft.Collectives;
using NSft.Model.Weights;

namespace NSft.Client.Parsing;

/// <summary>Sizes as people write them: 5GB, 200MB, or a number of bytes.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Bytes)[] Units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1), ("", 1)];

    /// <summary>The bytes that <paramref name="text"/> means; Hugging Face's customary shard size for null.</summary>
    /// <exception cref="UserInputException">It is no size above 0.</exception>
    public static long Parse(string option, string? text)
    {
        if (text is null)
        {
            return SaveOptions.DefaultMaxShardBytes;
        }

        (string unit, long bytes) = Units.First(item => text.EndsWith(item.Unit, StringComparison.OrdinalIgnoreCase));
        bool isNumber = double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        return isNumber && number * bytes is >= 1 and < long.MaxValue
            ? (long)(number * bytes)
            : throw new UserInputException($"{option} {text}: give a size such as 5GB or 200MB");
    }
}
