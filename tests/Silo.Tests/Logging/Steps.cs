using Microsoft.Extensions.Logging;

namespace NSft.Silo.Tests.Logging;

internal static partial class Steps
{
    [LoggerMessage(2, LogLevel.Information, "Step {Step} of {Text} took {Seconds}")]
    public static partial void Committed(ILogger logger, int step, string text, double seconds);

    [LoggerMessage(3, LogLevel.Warning, "It failed")]
    public static partial void Failed(ILogger logger, Exception exception);
}
