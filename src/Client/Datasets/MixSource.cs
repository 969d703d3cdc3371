using System.Globalization;
using NSft.Collectives;

namespace NSft.Client.Datasets;

/// <summary>One data set of a mixture.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Share">Its share of the mixture, or null.</param>
/// <param name="Rows">How many of its rows are wanted, or null.</param>
internal sealed record MixSource(string Path, double? Share, long? Rows)
{
    /// <summary>Reads <c>FILE</c>, <c>FILE=0.7</c> (a share) or <c>FILE=5000</c> (rows).</summary>
    /// <exception cref="UserInputException">The number is not above 0.</exception>
    public static MixSource Parse(string option, string text)
    {
        int equals = text.LastIndexOf('=');
        if (equals < 0 || File.Exists(text) || Directory.Exists(text))
        {
            return new MixSource(text, null, null);
        }

        string path = text[..equals];
        string amount = text[(equals + 1)..];
        if (long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out long rows) && rows > 0)
        {
            return new MixSource(path, null, rows);
        }

        bool isShare = double.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is > 0 and <= 1
            && amount.Contains('.', StringComparison.Ordinal);
        return isShare
            ? new MixSource(path, share, null)
            : throw new UserInputException($"{option} {text}: behind = write a share with a decimal point, above 0 and at most 1, or a whole number of rows");
    }
}
