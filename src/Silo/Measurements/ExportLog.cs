using Microsoft.Extensions.Logging;

namespace NSft.Silo.Measurements;

/// <summary>What the export of metrics says.</summary>
internal static partial class ExportLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "a metric cannot be told; further ones are left out without a word")]
    public static partial void Failed(ILogger logger, Exception exception);
}
