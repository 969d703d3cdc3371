namespace NSft.Data.Preferences;

/// <summary>Which rated answers of a prompt make pairs.</summary>
public enum PairingRule
{
    /// <summary>The best with the worst.</summary>
    BestWithWorst,

    /// <summary>The best with every one that is worse by the gap.</summary>
    BestWithAll,
}
