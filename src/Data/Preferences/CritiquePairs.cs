using NSft.Data.Sampling;

namespace NSft.Data.Preferences;

/// <summary>SIMA's pairs: of two answers of the model the one that its critic prefers is chosen. Source: arXiv:2405.15973.</summary>
public static class CritiquePairs
{
    /// <summary>Makes pairs; prompts without a verdict are dropped.</summary>
    /// <param name="rows">Critiques.</param>
    /// <param name="tally">Counts what becomes of the prompts.</param>
    public static IEnumerable<PreferencePair> Make(IEnumerable<CritiqueRow> rows, PairTally tally)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(tally);
        return rows.SelectMany(row => Of(row, tally));
    }

    private static IEnumerable<PreferencePair> Of(CritiqueRow row, PairTally tally)
    {
        PreferencePair? pair = null;
        if (row.Winner == 0)
        {
            tally.Drop("no verdict");
        }
        else
        {
            (string chosen, string rejected) = row.Winner == 1 ? (row.First, row.Second) : (row.Second, row.First);
            CompletionRow prompt = new(row.Id, row.Image, row.Question, []) { Row = row.Row };
            pair = PairSource.Make(prompt, chosen, rejected, tally, new { Source = "sima", row.Verdict });
        }

        tally.Add(pair is null ? 0 : 1);
        return pair is null ? [] : [pair];
    }
}
