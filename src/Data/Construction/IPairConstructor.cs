namespace NSft.Data.Construction;

/// <summary>The constructor G: makes corrective conversations of preference pairs. Safe from any thread.</summary>
public interface IPairConstructor
{
    /// <summary>What it calls itself in provenance and reports: <c>rules</c>, <c>openai</c>, <c>hybrid</c>.</summary>
    string Name { get; }

    /// <summary>Makes the conversation of a pair, or says why there is none. A pair that cannot be answered is a result, not an exception.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Chat.ChatException">No pair of the job can be answered any more (<see cref="Chat.ChatException.EndsJob"/>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<PairResult> ConstructAsync(PreferencePair pair, CancellationToken cancellationToken);
}
