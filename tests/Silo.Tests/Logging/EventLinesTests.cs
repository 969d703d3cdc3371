using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSft.Collectives;
using NSft.Silo.Logging;

namespace NSft.Silo.Tests.Logging;

public sealed class EventLinesTests : IDisposable
{
    private readonly StringWriter _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Json_EventOfARun_IsOneLineWithRunAndStep()
    {
        Log(LogFormat.Json, logger =>
        {
            using (logger.BeginScope(new Dictionary<string, object?> { ["RunId"] = "run-7", ["Worker"] = 2 }))
            {
                Steps.Committed(logger, 41, "first\nsecond \"quoted\"", 0.5);
            }
        });
        JsonElement line = Lines().Single();
        Assert.Equal("run-7", line.GetProperty("run").GetString());
        Assert.Equal(41, line.GetProperty("step").GetInt32());
        Assert.Equal("information", line.GetProperty("level").GetString());
        Assert.Equal("silo-1", line.GetProperty("silo").GetString());
        Assert.Equal("NSft.Test", line.GetProperty("category").GetString());
        Assert.Equal("Committed", line.GetProperty("event").GetString());
        Assert.Equal("Step 41 of first\nsecond \"quoted\" took 0.5", line.GetProperty("message").GetString());
        Assert.Equal(2, line.GetProperty("fields").GetProperty("worker").GetInt32());
        Assert.Equal(0.5, line.GetProperty("fields").GetProperty("seconds").GetDouble());
        Assert.Equal(DateTimeOffset.UnixEpoch, line.GetProperty("time").GetDateTimeOffset());
    }

    [Fact]
    public void Json_Exception_IsInTheSameLine()
    {
        Log(LogFormat.Json, logger => Steps.Failed(logger, new InvalidOperationException("no\nroom")));
        JsonElement error = Lines().Single().GetProperty("error");
        Assert.Equal("System.InvalidOperationException", error.GetProperty("type").GetString());
        Assert.Equal("no\nroom", error.GetProperty("message").GetString());
    }

    [Fact]
    public void Json_WordsOfTheProcess_AreEventsToo()
    {
        new SiloJournal(_log, "silo-1", LogFormat.Json, new Epoch()).Say("joined as x");
        Assert.Equal("joined as x", Lines().Single().GetProperty("message").GetString());
    }

    [Fact]
    public void Text_Warning_IsOneLine()
    {
        Log(LogFormat.Text, logger => Steps.Failed(logger, new InvalidOperationException("no\nroom")));
        Assert.Equal("1970-01-01T00:00:00.000Z silo-1 warning Test: It failed (InvalidOperationException: no room)\n", _log.ToString());
    }

    [Fact]
    public void Log_FullDisk_FailsNobody()
    {
        using FullWriter writer = new();
        new SiloJournal(writer, "silo-1", LogFormat.Json, new Epoch()).Say("joined");
        Assert.Equal(1, writer.Tries);
    }

    [Theory]
    [InlineData(null, LogFormat.Text)]
    [InlineData("text", LogFormat.Text)]
    [InlineData("Json", LogFormat.Json)]
    internal void Parse_KnownWord_IsTheFormat(string? word, LogFormat expected) => Assert.Equal(expected, LogOptions.Parse(word));

    [Theory]
    [InlineData("xml")]
    [InlineData("1")]
    [InlineData("")]
    public void Parse_UnknownWord_NamesKeyAndWord(string word) =>
        Assert.Contains($"Logging:Format does not know '{word}'", Assert.Throws<UserInputException>(() => LogOptions.Parse(word)).Message, StringComparison.Ordinal);

    private void Log(LogFormat format, Action<ILogger> log)
    {
        using SiloJournal journal = new(_log, "silo-1", format, new Epoch());
        using ServiceProvider services = new ServiceCollection().AddLogging(logging => logging.AddProvider(journal)).BuildServiceProvider();
        log(services.GetRequiredService<ILoggerFactory>().CreateLogger("NSft.Test"));
    }

    private IEnumerable<JsonElement> Lines() => _log.ToString().TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private sealed class Epoch : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }

    private sealed class FullWriter : StringWriter
    {
        public int Tries { get; private set; }

        public override void WriteLine(string? value)
        {
            Tries++;
            throw new IOException("No space left on device");
        }
    }
}
