namespace Orleans.Runtime;

/// <summary>The answer to a new connection. Append only.</summary>
internal enum PreambleStatus : byte
{
    /// <summary>Messages may follow.</summary>
    Accepted = 0,

    /// <summary>The peer speaks another version.</summary>
    OtherVersion = 1,

    /// <summary>The node is in another cluster.</summary>
    OtherCluster = 2,

    /// <summary>The node that was wanted is not the one that listens here now.</summary>
    OtherGeneration = 3,

    /// <summary>A newer connection of the same node is known.</summary>
    Outdated = 4,

    /// <summary>The node was declared dead.</summary>
    DeclaredDead = 5,
}
