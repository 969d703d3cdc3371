namespace NSft.Silo.Logging;

/// <summary>How a silo writes its log; either way one line an event.</summary>
internal enum LogFormat
{
    /// <summary>Time, silo and message, for people.</summary>
    Text = 0,

    /// <summary>A JSON object, for machines.</summary>
    Json = 1,
}
