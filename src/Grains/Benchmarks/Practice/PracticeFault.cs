namespace NSft.Grains.Benchmarks.Practice;

/// <summary>What a practice server does instead of answering well.</summary>
public enum PracticeFault
{
    /// <summary>It answers well.</summary>
    None,

    /// <summary>429 with Retry-After.</summary>
    Throttled,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>200 with half of the JSON.</summary>
    TruncatedJson,

    /// <summary>200 with a page instead of JSON.</summary>
    MalformedJson,

    /// <summary>The connection breaks in the middle of the body.</summary>
    BrokenBody,

    /// <summary>The connection breaks before a byte of the answer.</summary>
    DroppedConnection,

    /// <summary>No answer until the client gives up.</summary>
    Hang,

    /// <summary>A whole answer that trickles in.</summary>
    SlowBody,

    /// <summary>A whole answer whose text does not follow the schema. It is paid.</summary>
    SchemaViolation,

    /// <summary>A whole answer that is about something else. It is paid.</summary>
    WrongContent,
}
