using System.Text.RegularExpressions;

namespace NSft.Data.Preferences;

/// <summary>Reads a critic's verdict. Source: SIMA, arXiv:2405.15973, whose critic ends with <c>[[1]]</c> or <c>[[2]]</c>.</summary>
public static partial class CritiqueVerdict
{
    /// <summary>The verdict was written.</summary>
    public const string FromText = "text";

    /// <summary>The verdict is the likelier one of the two that could have been written.</summary>
    public const string FromLikelihood = "likelihood";

    /// <summary>What a critic writes for either answer.</summary>
    /// <param name="winner">1 or 2.</param>
    public static string Of(int winner) => $"[[{winner}]]";

    /// <summary>The last verdict of a critique.</summary>
    /// <returns>1 or 2; 0 when there is none.</returns>
    public static int Parse(string critique)
    {
        ArgumentNullException.ThrowIfNull(critique);
        MatchCollection verdicts = Verdict().Matches(critique);
        return verdicts.Count == 0 ? 0 : verdicts[^1].Groups[1].Value[0] - '0';
    }

    [GeneratedRegex(@"\[\[\s*([12])\s*\]\]")]
    private static partial Regex Verdict();
}
