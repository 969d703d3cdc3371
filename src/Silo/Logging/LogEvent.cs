using Microsoft.Extensions.Logging;

namespace NSft.Silo.Logging;

/// <summary>One event of a log.</summary>
/// <param name="Level">How serious it is.</param>
/// <param name="Category">Who says it, with namespace; null for the silo process itself.</param>
/// <param name="Id">Its number and name; default for none.</param>
/// <param name="Message">What is said.</param>
/// <param name="Fields">What the message was made of, those of scopes first; of several with one name the last counts.</param>
/// <param name="Error">What caused it.</param>
internal readonly record struct LogEvent(
    LogLevel Level,
    string? Category,
    EventId Id,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Fields,
    Exception? Error);
