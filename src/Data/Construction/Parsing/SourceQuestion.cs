using System.Text.RegularExpressions;

namespace NSft.Data.Construction.Parsing;

/// <summary>A question of a data set, without what data sets hang onto it.</summary>
/// <param name="Core">The question itself.</param>
/// <param name="Suffix">The line that asks for a short answer, or null.</param>
/// <param name="Options">Answers to choose from, by their letters; empty for other questions.</param>
internal sealed partial record SourceQuestion(string Core, string? Suffix, IReadOnlyDictionary<string, string> Options)
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    /// <summary>Takes a question apart.</summary>
    /// <remarks>
    /// A line of text that was read in the image is left out: models must see it, not read it twice. A line that asks for the letter of an
    /// option goes with the options.
    /// </remarks>
    public static SourceQuestion Read(string question)
    {
        string core = question.Trim();
        if (!core.Contains('\n', StringComparison.Ordinal) && !MayHaveSuffix(core))
        {
            return new SourceQuestion(core, null, None);
        }

        string? suffix = null;
        if (SuffixPattern().Match(core) is { Success: true } match)
        {
            suffix = ChoicePattern().IsMatch(match.Value) ? null : match.Groups["suffix"].Value.Trim();
            core = core[..match.Index].TrimEnd();
        }

        Dictionary<string, string> options = new(StringComparer.Ordinal);
        List<string> lines = [];
        foreach (string line in core.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (OptionPattern().Match(line) is { Success: true } option)
            {
                options[option.Groups["letter"].Value] = option.Groups["text"].Value;
            }
            else if (!line.StartsWith("Reference OCR token", StringComparison.OrdinalIgnoreCase))
            {
                lines.Add(line);
            }
        }

        return new SourceQuestion(string.Join(' ', lines), suffix, options);
    }

    /// <summary>An answer with the text of the option that its letter stands for.</summary>
    public string Resolve(string answer) => Options.GetValueOrDefault(answer.Trim().TrimEnd('.', ')').ToUpperInvariant()) ?? answer;

    private static bool MayHaveSuffix(string text) =>
        text.Contains("nswer", StringComparison.Ordinal) || text.Contains("word", StringComparison.Ordinal) || text.Contains("Reference", StringComparison.Ordinal);

    [GeneratedRegex(@"(?:^|(?<=[?.!:)]\s*)|(?<=\n))\s*(?<suffix>(?:Please )?(?:Answer|Give|Use|Reply|Respond|Select|Choose)\b[^?\n]*\b(?:word|words|phrase|yes or no|short|briefly|letter|options?|choices)\b[^?\n]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex SuffixPattern();

    [GeneratedRegex(@"\b(?:letter|options?|choices)\b", RegexOptions.CultureInvariant)]
    private static partial Regex ChoicePattern();

    [GeneratedRegex(@"^\(?(?<letter>[A-H])[.):]\s+(?<text>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OptionPattern();
}
