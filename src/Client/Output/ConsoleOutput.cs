using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace NSft.Client.Output;

/// <summary>Standard output: one JSON object, or a readable summary; never both.</summary>
internal static class ConsoleOutput
{
    private const int RedirectedWidth = 160;

    /// <summary>How results look as JSON: camel case, numbers as they are, no escapes that a reader stumbles over.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes <paramref name="result"/> as the one object of a <c>--json</c> run.</summary>
    public static void WriteJson<T>(T result) => Console.Out.WriteLine(JsonSerializer.Serialize(result, Json));

    /// <summary>Writes one line for a reader.</summary>
    public static void WriteLine(string line) => Console.Out.WriteLine(line);

    /// <summary>Writes a table for a reader.</summary>
    public static void WriteTable(Table table) => For(Console.Out, Console.IsOutputRedirected).Write(table);

    /// <summary>A Spectre console over one of the two standard streams.</summary>
    public static IAnsiConsole For(TextWriter stream, bool isRedirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(stream),
        });
        if (isRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
