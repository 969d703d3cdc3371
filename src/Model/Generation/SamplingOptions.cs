namespace NSft.Model.Generation;

/// <summary>How tokens are chosen.</summary>
/// <param name="MaxNewTokens">Longest answer, end token included; at least 1.</param>
/// <param name="Temperature">0 is greedy (lowest id among equals); above 0 samples.</param>
/// <param name="TopK">Keep the k most probable tokens; 0 keeps all.</param>
/// <param name="TopP">Keep the fewest tokens whose probabilities reach this sum; in (0, 1].</param>
/// <param name="Seed">Seed of the request's random streams.</param>
/// <param name="SuppressedIds">Ids that are never generated (for example image and padding rows); null for none, as Hugging Face.</param>
public sealed record SamplingOptions(
    int MaxNewTokens,
    double Temperature = 0,
    int TopK = 0,
    double TopP = 1,
    ulong Seed = 0,
    IReadOnlyList<int>? SuppressedIds = null)
{
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNewTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Temperature);
        ArgumentOutOfRangeException.ThrowIfNegative(TopK);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TopP);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TopP, 1.0);
    }
}
