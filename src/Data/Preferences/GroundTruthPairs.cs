using NSft.Data.Sampling;

namespace NSft.Data.Preferences;

/// <summary>
/// GT-DPO's pairs: the true answer is chosen, the model's own answers are rejected; answers that say the same are no preference.
/// Source: arXiv:2411.14797, baselines.
/// </summary>
public static class GroundTruthPairs
{
    /// <summary>Makes pairs of completions whose prompts came with a true answer.</summary>
    /// <param name="rows">Completions.</param>
    /// <param name="mostPerPrompt">Pairs of one prompt at most; different completions give different pairs.</param>
    /// <param name="tally">Counts what becomes of the prompts.</param>
    public static IEnumerable<PreferencePair> Make(IEnumerable<CompletionRow> rows, int mostPerPrompt, PairTally tally)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPerPrompt, 1);
        return rows.SelectMany(row => Of(row, mostPerPrompt, tally));
    }

    private static IEnumerable<PreferencePair> Of(CompletionRow row, int most, PairTally tally)
    {
        List<PreferencePair> pairs = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (row.Reference is null)
        {
            tally.Drop("no true answer");
        }

        for (int sample = 0; row.Reference is not null && sample < row.Completions.Count && pairs.Count < most; sample++)
        {
            Completion completion = row.Completions[sample];
            if (!seen.Add(AnswerText.Normalise(completion.Text)))
            {
                tally.Drop("repeated answer");
            }
            else if (PairSource.Make(row, row.Reference, completion.Text, tally, new { Source = "gt", Sample = sample }) is PreferencePair pair)
            {
                pairs.Add(pair);
            }
        }

        tally.Add(pairs.Count);
        return PairSource.Number(pairs);
    }
}
