using System.Globalization;
using System.Text;
using System.Text.Json;
using NSft.Client.Output;
using NSft.Collectives.Files;
using Spectre.Console;

namespace NSft.Client.Iteration;

/// <summary>The rounds side by side: on the console, as JSON, and as a table in the folder.</summary>
internal static class IterationTable
{
    /// <summary>File name of the table.</summary>
    public const string FileName = "rounds.md";

    private const string RecordName = "rounds.json";

    private static readonly JsonSerializerOptions Format = new(ConsoleOutput.Json) { WriteIndented = true };

    private static readonly (string Title, Func<RoundResult, string> Text)[] Columns =
    [
        ("round", round => Number(round.Round)),
        ("samples", round => Number(round.Sampled?.Completions)),
        ("true", round => Percent(round.Sampled?.TrueShare)),
        ("pairs", round => Number(round.Paired?.Pairs)),
        ("turns", round => Number(round.Constructed?.Turns)),
        ("yes", round => Percent(round.Constructed?.YesShare)),
        ("steps", round => Number(round.Trained?.Steps)),
        ("first loss", round => Loss(round.Trained?.FirstLoss)),
        ("last loss", round => Loss(round.Trained?.LastLoss)),
        ("CHAIRi", round => Percent(round.Scores?.ChairI)),
        ("CHAIRs", round => Percent(round.Scores?.ChairS)),
        ("recall", round => Percent(round.Scores?.Recall)),
        ("POPE", round => Percent(round.Scores?.Pope)),
        ("yes-ratio", round => Percent(round.Scores?.YesRatio)),
    ];

    /// <summary>Writes both files of the folder; each appears whole.</summary>
    public static void WriteFiles(string folder, IReadOnlyList<RoundResult> rounds)
    {
        StringBuilder text = new();
        text.Append("| ").AppendJoin(" | ", Columns.Select(column => column.Title)).Append(" |\n");
        text.Append("| ").AppendJoin(" | ", Columns.Select(_ => "---")).Append(" |\n");
        foreach (RoundResult round in rounds)
        {
            text.Append("| ").AppendJoin(" | ", Columns.Select(column => column.Text(round))).Append(" |\n");
        }

        AtomicFile.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes(text.ToString()));
        AtomicFile.Write(Path.Combine(folder, RecordName), JsonSerializer.SerializeToUtf8Bytes(rounds, Format));
    }

    /// <summary>Shows the table.</summary>
    public static void Show(IReadOnlyList<RoundResult> rounds)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach ((string title, _) in Columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (RoundResult round in rounds)
        {
            table.AddRow([.. Columns.Select(column => column.Text(round))]);
        }

        ConsoleOutput.WriteTable(table);
    }

    private static string Number(long? value) => value is long number ? number.ToString(CultureInfo.InvariantCulture) : "-";

    private static string Percent(double? value) => value is double share ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) : "-";

    private static string Loss(double? value) => value is double loss ? loss.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
