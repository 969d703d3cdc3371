using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Quickstart;
using Spectre.Console;

namespace NSft.Client.Commands;

/// <summary><c>nsft quickstart</c>: the paper's comparison on the bundled sample.</summary>
internal static class QuickstartCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> output = SharedOptions.WithDefault("--out", Path.Combine("out", "quickstart"), "Folder for models, steps and report.html");
        Option<int> epochs = SharedOptions.Count("--epochs", QuickstartSettings.Epochs, "Passes over the preference pairs");
        Option<int> workers = SharedOptions.Count("--workers", QuickstartSettings.WorkerCount, "Workers of each training run");
        Option<bool> json = SharedOptions.Json();
        Command command = new("quickstart", "Align the sample's model three ways and compare: continual SFT, nSFT, DPO") { output, epochs, workers, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            SampleWorld world = SampleWorld.Find();
            string folder = parsed.GetRequiredValue(output);
            Directory.CreateDirectory(OutputDirectory.Check(folder, mayOverwrite: true));
            RunShape shape = new(parsed.GetValue(workers), parsed.GetValue(epochs), QuickstartSettings.GlobalBatch);
            QuickstartRun run = new(world, shape, folder);
            QuickstartResult result = await run.RunAsync(cancellation);
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(QuickstartJson.From(result, run.ReportPath));
            }
            else
            {
                WriteTable(result, run.ReportPath);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static void WriteTable(QuickstartResult result, string report)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("method");
        foreach (ComparisonColumn column in ComparisonColumn.All)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column.Title)).RightAligned());
        }

        foreach (MethodResult row in result.Methods)
        {
            table.AddRow([Markup.Escape(row.Title), .. ComparisonColumn.All.Select(column => Cell(column, row, result.Methods))]);
        }

        ConsoleOutput.WriteTable(table);
        Console.Out.WriteLine("Percent on images not trained on. CHAIR: invented objects, lower is better. Peak memory: one worker's, above weights, gradients and optimizer state.");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report} has curves and examples. Done in {result.Duration.TotalSeconds:0} s."));
    }

    private static string Cell(ComparisonColumn column, MethodResult row, IReadOnlyList<MethodResult> rows)
    {
        string text = Markup.Escape(column.Text(row));
        return column.IsBest(row, rows) ? $"[bold]{text}[/]" : text;
    }
}
