using System.Globalization;
using System.Text.Json;
using NSft.Data.Reading;
using NSft.Data.Sampling;

namespace NSft.Data.Preferences;

/// <summary>Checks two answers and makes a row of them; says where it comes from under <c>meta</c>.</summary>
internal static class PairSource
{
    /// <summary>The pair of two answers, or null when they are no preference; the tally says why.</summary>
    /// <param name="row">The prompt.</param>
    /// <param name="chosen">The better answer.</param>
    /// <param name="rejected">The worse answer.</param>
    /// <param name="tally">Counts what is dropped.</param>
    /// <param name="meta">Where the pair comes from.</param>
    public static PreferencePair? Make(CompletionRow row, string chosen, string rejected, PairTally tally, object meta)
    {
        string? reason = Problem(chosen) ?? Problem(rejected) ?? (AnswerText.AreEqual(chosen, rejected) ? "equal answers" : null);
        if (reason is not null)
        {
            tally.Drop(reason);
            return null;
        }

        return new PreferencePair(row.Id, row.Image, row.Question, chosen, rejected)
        {
            Row = row.Row,
            Extensions = new Dictionary<string, string>(StringComparer.Ordinal) { ["meta"] = JsonSerializer.Serialize(meta, PreferenceJson.Lines) },
        };
    }

    /// <summary>Gives the pairs of a prompt identifiers of their own: the prompt's, and for further ones with a number.</summary>
    public static IEnumerable<PreferencePair> Number(IReadOnlyList<PreferencePair> pairs) => pairs.Select((pair, index) =>
        index == 0 ? pair : pair with { Id = string.Create(CultureInfo.InvariantCulture, $"{pair.Id}-{index + 1}") });

    /// <summary>Why an answer cannot be trained on, or null.</summary>
    public static string? Problem(string answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return "empty answer";
        }

        return RowFields.FindTemplateToken(answer) is null ? null : "template token in an answer";
    }
}
