using System.CommandLine;
using System.Text;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives.Files;
using NSft.Data.Construction.Reporting;

namespace NSft.Client.Commands;

/// <summary><c>nsft construct report</c>: a corrective set in numbers, words and a picture, beside another one.</summary>
internal static class ConstructReportCommand
{
    private const int DefaultTop = 20;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string> data = SharedOptions.Required("--data", "Corrective data that nsft construct wrote");
        Option<string?> against = SharedOptions.Optional("--against", "Another set to compare with, such as one made without the codebook");
        Option<int> top = SharedOptions.Count("--top", DefaultTop, "Nouns and verbs to list");
        Option<string?> picture = SharedOptions.Optional("--picture", "SVG file to draw: words by frequency, bars of counts");
        Option<bool> json = SharedOptions.Json();
        Command command = new("report", "Tell what corrective data consist of: errors, answers, most frequent nouns and verbs, cost") { data, against, top, picture, json };
        command.SetAction((parsed, _) =>
        {
            string path = InputPath.File(data.Name, parsed.GetRequiredValue(data));
            string? other = parsed.GetValue(against) is string file ? InputPath.File(against.Name, file) : null;
            string? drawing = parsed.GetValue(picture) is string target ? InputPath.Writable(picture.Name, target) : null;
            SetReport report = SetReport.Read(path);
            SetReport? comparison = other is null ? null : SetReport.Read(other);
            if (drawing is not null)
            {
                AtomicFile.Write(drawing, Encoding.UTF8.GetBytes(SetPicture.Render(report, comparison)));
            }

            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(SetReportJson.Of(report, comparison, parsed.GetValue(top), drawing));
            }
            else
            {
                SetReportTables.Write(report, comparison, parsed.GetValue(top), drawing);
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
