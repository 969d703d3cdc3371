namespace NSft.Data.Construction.Language;

/// <summary>What a look at a response found.</summary>
/// <param name="Response">The response, as far as it could be read; null when nothing could.</param>
/// <param name="Rejections">Everything that is wrong with it; empty for a response that can be used.</param>
internal sealed record ResponseCheck(LanguageResponse? Response, IReadOnlyList<Rejection> Rejections)
{
    /// <summary>Whether it can be used.</summary>
    public bool IsUsable => Response is not null && Rejections.Count == 0;
}
