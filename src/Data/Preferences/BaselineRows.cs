using System.Text.Json;

namespace NSft.Data.Preferences;

/// <summary>The data sets that preference pairs are compared with: supervised rows of the same prompts. Source: arXiv:2402.10884.</summary>
public static class BaselineRows
{
    /// <summary>Standard SFT: the reference answer of each prompt, the judge's own or the true one.</summary>
    /// <param name="rows">Rated answers with references.</param>
    /// <param name="tally">Counts prompts without one.</param>
    public static IEnumerable<SupervisedRow> StandardSft(IEnumerable<RatedRow> rows, PairTally tally) =>
        rows.SelectMany(row => Counted<string>(tally, row.Reference is null ? [] : [row.Reference], answer => answer, "no reference answer")
            .Select(answer => Row(row, row.Id, row.Question, answer, new { Source = "sft" })));

    /// <summary>Rejection sampling: the best answer of each prompt.</summary>
    /// <param name="rows">Rated answers.</param>
    /// <param name="options">What is best.</param>
    /// <param name="tally">Counts prompts without a rated answer.</param>
    public static IEnumerable<SupervisedRow> RejectionSampling(IEnumerable<RatedRow> rows, RatedPairOptions options, PairTally tally) =>
        rows.SelectMany(row => Counted(tally, [.. RatedPairs.Ranked(row, options).Take(1)], best => best.Completion.Text, "no rated answer")
            .Select(best => Row(row, row.Id, row.Question, best.Completion.Text, new { Source = "rejection-sampling", best.Score })));

    /// <summary>SteerLM: every rated answer, with its rating as a string in front of it, at the end of the question.</summary>
    /// <param name="rows">Rated answers.</param>
    /// <param name="tally">Counts prompts without a rated answer.</param>
    public static IEnumerable<SupervisedRow> SteerLm(IEnumerable<RatedRow> rows, PairTally tally) =>
        rows.SelectMany(row => Counted(tally, [.. row.Completions.Where(completion => completion.Rating is not null)], completion => completion.Text, "no rated answer")
            .Select((completion, index) => Row(
                row,
                index == 0 ? row.Id : $"{row.Id}-{index + 1}",
                Steer(row.Question, completion.Rating!),
                completion.Text,
                new { Source = "steerlm" })));

    /// <summary>A question that asks for an answer of a rating: SteerLM's form in training and at inference.</summary>
    public static string Steer(string question, HelpSteerRating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        return $"{question}\n{rating.ToSteerString()}";
    }

    private static T[] Counted<T>(PairTally tally, IReadOnlyList<T> answers, Func<T, string> text, string reason)
    {
        T[] usable = [.. answers.Where(answer => PairSource.Problem(text(answer)) is null)];
        if (usable.Length == 0)
        {
            tally.Drop(answers.Count == 0 ? reason : PairSource.Problem(text(answers[0]))!);
        }

        tally.Add(usable.Length);
        return usable;
    }

    private static SupervisedRow Row(RatedRow row, string id, string question, string answer, object meta)
    {
        return new SupervisedRow(id, row.Image, [new DialogueTurn(question, answer)])
        {
            Row = row.Row,
            Extensions = new Dictionary<string, string>(StringComparer.Ordinal) { ["meta"] = JsonSerializer.Serialize(meta, PreferenceJson.Lines) },
        };
    }
}
