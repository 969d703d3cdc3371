using NSft.Data.Sampling;

namespace NSft.Data.Preferences.Judging;

/// <summary>Rates whole rows.</summary>
public static class AnswerJudging
{
    /// <summary>Rates all answers of a prompt, all at once.</summary>
    /// <param name="judge">The judge.</param>
    /// <param name="row">The prompt with its answers.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Chat.ChatException">No answer can be rated any more.</exception>
    public static async Task<RatedRow> RateRowAsync(this IAnswerJudge judge, CompletionRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(row);
        RatedCompletion[] rated = await Task.WhenAll(
            row.Completions.Select((_, index) => judge.RateAsync(row, index, cancellationToken).AsTask())).ConfigureAwait(false);
        return new RatedRow(row.Id, row.Image, row.Question, rated, judge.Name, judge.RubricHash) { Reference = row.Reference, Row = row.Row };
    }
}
