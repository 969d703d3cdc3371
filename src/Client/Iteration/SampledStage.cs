namespace NSft.Client.Iteration;

/// <summary>Sampling in numbers.</summary>
/// <param name="Prompts">Prompts.</param>
/// <param name="Completions">Completions.</param>
/// <param name="True">Completions that say what the reference says.</param>
/// <param name="Tokens">Tokens of all completions.</param>
/// <param name="Seconds">Time it took.</param>
internal sealed record SampledStage(long Prompts, long Completions, long True, long Tokens, double Seconds)
{
    /// <summary>Share of completions that say what the reference says.</summary>
    public double TrueShare => Completions == 0 ? 0 : (double)True / Completions;
}
