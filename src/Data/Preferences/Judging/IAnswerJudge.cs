using NSft.Data.Sampling;

namespace NSft.Data.Preferences.Judging;

/// <summary>Rates answers. Safe from any thread.</summary>
public interface IAnswerJudge
{
    /// <summary>What it calls itself in rating files.</summary>
    string Name { get; }

    /// <summary>SHA-256 of its rubric, lower-case hexadecimal.</summary>
    string RubricHash { get; }

    /// <summary>Rates an answer. An answer that gets no valid rating is a result, not an exception.</summary>
    /// <param name="row">The prompt, with its true answer where there is one.</param>
    /// <param name="completion">Position of the answer among the row's.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Chat.ChatException">No answer can be rated any more (<see cref="Chat.ChatException.EndsJob"/>).</exception>
    ValueTask<RatedCompletion> RateAsync(CompletionRow row, int completion, CancellationToken cancellationToken);
}
