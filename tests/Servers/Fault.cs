namespace NSft.Tests.Servers;

/// <summary>What a <see cref="FaultProxy"/> does to a request.</summary>
public enum Fault
{
    /// <summary>Answers 503 without asking the server.</summary>
    Unavailable,

    /// <summary>Answers 403 without asking the server, as for a signature that expired.</summary>
    Forbidden,

    /// <summary>Breaks the connection without asking the server.</summary>
    Reset,

    /// <summary>Never answers, and does not ask the server.</summary>
    Hang,

    /// <summary>Has the server do it, then breaks the connection.</summary>
    LoseAnswer,

    /// <summary>Passes half of the answer's content, then breaks the connection.</summary>
    CutAnswer,

    /// <summary>Passes half of the answer's content, then nothing more.</summary>
    StallAnswer,
}
