using Microsoft.Extensions.Configuration;
using NSft.Collectives;

namespace NSft.Silo.Logging;

/// <summary>How a silo logs. Section <c>Logging</c> of the configuration, beside the levels.</summary>
internal static class LogOptions
{
    /// <summary>Key of the format.</summary>
    public const string FormatKey = "Logging:Format";

    /// <summary>The format that is configured; text when none is.</summary>
    /// <exception cref="UserInputException">It is none.</exception>
    public static LogFormat Format(IConfiguration configuration) => Parse(configuration[FormatKey]);

    /// <summary>A format by its word; text for null.</summary>
    /// <exception cref="UserInputException">The word is none.</exception>
    public static LogFormat Parse(string? word) => word switch
    {
        null => LogFormat.Text,
        _ when word.Equals(nameof(LogFormat.Text), StringComparison.OrdinalIgnoreCase) => LogFormat.Text,
        _ when word.Equals(nameof(LogFormat.Json), StringComparison.OrdinalIgnoreCase) => LogFormat.Json,
        _ => throw new UserInputException($"{FormatKey} does not know '{word}'; give text or json"),
    };
}
