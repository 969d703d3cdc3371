using NSft.Data.Sampling;

namespace NSft.Data.Preferences;

/// <summary>Pairs of rated answers: the best is chosen, one that is worse by a gap is rejected. Source: arXiv:2402.10884.</summary>
public static class RatedPairs
{
    /// <summary>Makes pairs. Of answers with equal scores the one sampled first counts as better.</summary>
    /// <param name="rows">Rated answers.</param>
    /// <param name="options">Score, gap and which answers.</param>
    /// <param name="tally">Counts what becomes of the prompts.</param>
    public static IEnumerable<PreferencePair> Make(IEnumerable<RatedRow> rows, RatedPairOptions options, PairTally tally)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tally);
        return rows.SelectMany(row => Of(row, options, tally));
    }

    /// <summary>The rated answers of a prompt with their scores, best first.</summary>
    internal static IReadOnlyList<(RatedCompletion Completion, double Score)> Ranked(RatedRow row, RatedPairOptions options) =>
        [.. row.Completions.Where(completion => completion.Rating is not null)
            .Select(completion => (completion, options.Score(completion.Rating!)))
            .OrderByDescending(entry => entry.Item2)];

    private static IEnumerable<PreferencePair> Of(RatedRow row, RatedPairOptions options, PairTally tally)
    {
        IReadOnlyList<(RatedCompletion Completion, double Score)> ranked = Ranked(row, options);
        List<PreferencePair> pairs = [];
        if (ranked.Count < 2)
        {
            tally.Drop("fewer than two rated answers");
        }
        else
        {
            (RatedCompletion best, double top) = ranked[0];
            (RatedCompletion Completion, double Score)[] worse = [.. ranked.Skip(1).Where(entry => top - entry.Score >= options.LeastGap)];
            if (worse.Length == 0)
            {
                tally.Drop("scores too close");
            }

            foreach ((RatedCompletion completion, double score) in options.Rule == PairingRule.BestWithWorst ? worse.TakeLast(1) : worse)
            {
                CompletionRow prompt = new(row.Id, row.Image, row.Question, []) { Row = row.Row };
                object meta = new { Source = "judged", row.Judge, ChosenScore = top, RejectedScore = score };
                if (PairSource.Make(prompt, best.Text, completion.Text, tally, meta) is PreferencePair pair)
                {
                    pairs.Add(pair);
                }
            }
        }

        tally.Add(pairs.Count);
        return PairSource.Number(pairs);
    }
}
