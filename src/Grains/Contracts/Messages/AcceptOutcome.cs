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

    /// <summary>The receiver does not know this view, step or try yet; the sender asks again.</summary>
    Unknown = 3,

    /// <summary>The receiver cannot see the sender's memory; the sender sends the elements.</summary>
    Unreadable = 4,

    /// <summary>It does not fit the receiver's plan; the sender votes no.</summary>
    Refused = 5,
}
