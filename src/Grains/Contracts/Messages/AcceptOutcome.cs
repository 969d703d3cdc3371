namespace NSft.Grains.Contracts.Messages;

/// <summary>What a worker did with a chunk. Values are explicit and append only.</summary>
public enum AcceptOutcome
{
    /// <summary>It entered the sum.</summary>
    Accepted = 0,

    /// <summary>It was here before; nothing changed.</summary>
    Duplicate = 1,

    /// <summary>It belongs to an older view, step or try: dropped and counted.</summary>
    Stale = 2,

    /// <summary>The receiver does not know this view or step yet; the sender votes no.</summary>
    Unknown = 3,
}
