using System.Globalization;
using NSft.Client.Output;
using NSft.Data.Formats;
using Spectre.Console;

namespace NSft.Client.Datasets;

/// <summary>An inspected row for a reader: colours on a terminal, brackets around what is trained elsewhere.</summary>
internal static class InspectionText
{
    /// <summary>Most cells in a line of a drawn image.</summary>
    public const int WidestImage = 1000;

    private const int UsualWidth = 48;

    private static readonly Style Trained = new(Color.Green, decoration: Decoration.Bold);

    /// <summary>Writes it to standard output.</summary>
    /// <param name="input">The data.</param>
    /// <param name="row">The row.</param>
    /// <param name="imageWidth">Cells in a line of the drawn image; null for what the output suggests.</param>
    public static void Write(DatasetInput input, InspectedRow row, int? imageWidth)
    {
        Line(string.Create(CultureInfo.InvariantCulture, $"{input.Path} ({input.Format.Name}): row {row.Record.Row}, id {row.Record.Id}"));
        WriteImages(row, imageWidth ?? (Console.IsOutputRedirected ? 0 : Math.Min(UsualWidth, Console.WindowWidth)));
        WriteMessages("prompt", row.Record.Prompt);
        WriteMessages(row.Record.Rejected is null ? "answer" : "chosen", row.Record.Chosen);
        WriteMessages("rejected", row.Record.Rejected);
        foreach ((string name, string value) in row.Record.Extensions)
        {
            Line($"field {name}: {value}");
        }

        foreach (EncodedSide side in row.Sides)
        {
            WriteSide(side);
        }

        foreach (string note in row.Notes)
        {
            Line("note: " + FailureReport.OneLine(note));
        }
    }

    private static void WriteImages(InspectedRow row, int width)
    {
        foreach ((DatasetImage image, Model.Images.RgbImage? pixels, Data.Validation.ImageFacts? facts) in row.Images)
        {
            string name = image.Path ?? "embedded";
            string bytes = image.Bytes is { } held ? string.Create(CultureInfo.InvariantCulture, $", {held.Length} bytes in the row") : "";
            string size = facts is null ? "not looked at" : string.Create(CultureInfo.InvariantCulture, $"{facts.Width} x {facts.Height}, {facts.Mode}");
            Line($"image {name}: {size}{bytes}");
            if (pixels is not null && width > 0)
            {
                DrawingConsole(width).Write(TerminalImage.Draw(pixels, width));
            }
        }
    }

    private static void WriteMessages(string part, IReadOnlyList<DatasetMessage>? messages)
    {
        foreach (DatasetMessage message in messages ?? [])
        {
            Line($"{part}, {ProblemJson.NameOf(message.Role)}: {message.Text}");
        }
    }

    private static void WriteSide(EncodedSide side)
    {
        int tokens = side.Encoded.Ids.Length;
        string over = tokens > side.Encoding.Limit ? ", above it" : "";
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{side.Side} after template {side.Encoding.Template}: {tokens} tokens, {side.ImageTokens} of them for the image, {side.Encoded.LabelCount} trained; limit {side.Encoding.Limit}{over}"));
        WriteSpans(side.Text());
        Line($"ids of {side.Side} with their pieces");
        WriteSpans(side.Tokens());
    }

    private static void WriteSpans(IReadOnlyList<TrainedSpan> spans)
    {
        if (Console.IsOutputRedirected)
        {
            Line(string.Concat(spans.Select(span => span.IsTrained ? $"[{span.Text}]" : span.Text)));
            return;
        }

        Paragraph text = new();
        foreach (TrainedSpan span in spans)
        {
            text.Append(span.Text, span.IsTrained ? Trained : Style.Plain);
        }

        IAnsiConsole console = ConsoleOutput.For(Console.Out, isRedirected: false);
        console.Write(text);
        console.WriteLine();
    }

    /// <summary>A console that draws in full colours, also into a file when the user asked for a width.</summary>
    private static IAnsiConsole DrawingConsole(int width)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = Math.Max(console.Profile.Width, width + 1);
        return console;
    }

    private static void Line(string text) => ConsoleOutput.WriteLine(text);
}
