namespace NSft.Evaluation.Pope;

/// <summary>How a free answer becomes yes or no.</summary>
public enum PopeParseRule
{
    /// <summary>POPE's own: no when the first sentence holds the word No, no or not; yes otherwise, also for an empty answer.</summary>
    Official,

    /// <summary>Yes when the answer starts with "yes" in any case; no otherwise.</summary>
    Prefix,
}
