using Microsoft.Extensions.Logging;

namespace NSft.Silo.Logging;

/// <summary>What a silo process tells, one line an event. Also takes what its services log.</summary>
/// <param name="writer">Receives the lines.</param>
/// <param name="name">Name of the silo.</param>
/// <param name="format">How lines look.</param>
/// <param name="time">Clock of the lines.</param>
internal sealed class SiloJournal(TextWriter writer, string name, LogFormat format, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _gate = new();
    private IExternalScopeProvider? _scopes;

    /// <summary>Writes one event of the process itself.</summary>
    public void Say(string text) => Write(new LogEvent(LogLevel.Information, null, default, text, [], null));

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <summary>Nothing to free: the writer belongs to who made it.</summary>
    public void Dispose()
    {
    }

    private void Write(in LogEvent told)
    {
        var now = time.GetUtcNow();
        var line = format == LogFormat.Json ? EventLines.Json(now, name, told) : EventLines.Text(now, name, told);
        try
        {
            lock (_gate)
            {
                writer.WriteLine(line);
                writer.Flush();
            }
        }
        catch (IOException)
        {
            // A full disk costs lines of the log, never what was told there.
        }
    }

    private sealed class LineLogger(SiloJournal journal, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => journal._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            var fields = new List<KeyValuePair<string, object?>>();
            journal._scopes?.ForEachScope(
                static (scope, all) =>
                {
                    if (scope is IEnumerable<KeyValuePair<string, object?>> values)
                    {
                        all.AddRange(values);
                    }
                },
                fields);
            if (state is IEnumerable<KeyValuePair<string, object?>> own)
            {
                fields.AddRange(own);
            }

            journal.Write(new LogEvent(logLevel, category, eventId, formatter(state, exception), fields, exception));
        }
    }
}
