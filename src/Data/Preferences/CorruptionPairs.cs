using NSft.Data.Sampling;

namespace NSft.Data.Preferences;

/// <summary>
/// SeVa's pairs: the answer about the clean image is chosen, the answer about the corrupted image is rejected; equal answers are dropped.
/// Source: arXiv:2404.10501; reference github.com/Kevinz-code/SeVa.
/// </summary>
public static class CorruptionPairs
{
    /// <summary>Joins the answers of both images by the identifier of their prompt. The first completion of each counts.</summary>
    /// <param name="clean">Completions about the clean images.</param>
    /// <param name="corrupted">Completions of the same prompts about the corrupted images.</param>
    /// <param name="tally">Counts what becomes of the prompts.</param>
    /// <exception cref="Collectives.UserInputException">A prompt differs between the two files.</exception>
    public static IEnumerable<PreferencePair> Make(IEnumerable<CompletionRow> clean, IEnumerable<CompletionRow> corrupted, PairTally tally)
    {
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(corrupted);
        ArgumentNullException.ThrowIfNull(tally);
        Dictionary<string, CompletionRow> others = new(StringComparer.Ordinal);
        foreach (CompletionRow row in corrupted)
        {
            others[row.Id] = row;
        }

        return clean.SelectMany(row => Of(row, others.GetValueOrDefault(row.Id), tally));
    }

    private static IEnumerable<PreferencePair> Of(CompletionRow row, CompletionRow? other, PairTally tally)
    {
        PreferencePair? pair = null;
        if (other is null || row.Completions.Count == 0 || other.Completions.Count == 0)
        {
            tally.Drop("not answered about both images");
        }
        else if (other.Image != row.Image || other.Question != row.Question)
        {
            throw new Collectives.UserInputException(
                $"prompt {row.Id} asks something else in the two files; sample both from the same prompts");
        }
        else
        {
            pair = PairSource.Make(row, row.Completions[0].Text, other.Completions[0].Text, tally, new { Source = "seva" });
        }

        tally.Add(pair is null ? 0 : 1);
        return pair is null ? [] : [pair];
    }
}
