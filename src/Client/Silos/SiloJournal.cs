using System.Globalization;
using Microsoft.Extensions.Logging;
using NSft.Client.Output;

namespace NSft.Client.Silos;

/// <summary>What a silo process tells, one line per event: time, silo, event. Also takes what its services log.</summary>
/// <param name="writer">Receives the lines.</param>
/// <param name="name">Name of the silo.</param>
/// <param name="time">Clock of the lines.</param>
internal sealed class SiloJournal(TextWriter writer, string name, TimeProvider time) : ILoggerProvider
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly Lock _gate = new();

    /// <summary>Writes one event.</summary>
    public void Say(string text)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {name} {FailureReport.OneLine(text)}");
        lock (_gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName.Split('.')[^1]);

    /// <summary>Nothing to free: the writer belongs to who made it.</summary>
    public void Dispose()
    {
    }

    private sealed class LineLogger(SiloJournal journal, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string level = logLevel switch
            {
                >= LogLevel.Error => "error ",
                LogLevel.Warning => "warning ",
                _ => "",
            };
            string cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
            journal.Say($"{level}{category}: {formatter(state, exception)}{cause}");
        }
    }
}
