using Microsoft.Extensions.Logging;

namespace NSft.Silo;

/// <summary>What a silo process says of itself.</summary>
internal static partial class SiloLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "answers /metrics and /healthz on {Address}")]
    public static partial void Answers(ILogger logger, Uri address);
}
