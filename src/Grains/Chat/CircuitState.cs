namespace NSft.Grains.Chat;

/// <summary>Whether a failing server is asked.</summary>
internal enum CircuitState
{
    /// <summary>It is asked.</summary>
    Closed,

    /// <summary>It is left alone for a while.</summary>
    Open,

    /// <summary>One request tries it.</summary>
    HalfOpen,
}
