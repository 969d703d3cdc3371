using System.CommandLine;
using NSft.Client.Parsing;

namespace NSft.Client.Datasets;

/// <summary>The options that say which data set to read.</summary>
internal sealed class DatasetOptions
{
    /// <summary><c>--data</c>.</summary>
    public Option<string> Data { get; } = SharedOptions.Required("--data", "Data set: a file, or a folder where its format has several files");

    /// <summary><c>--from</c>.</summary>
    public Option<string?> From { get; } = FormatOption("--from", "Format of the data (default: told by its look)");

    /// <summary><c>--set</c>.</summary>
    public Option<string?> Set { get; } = SharedOptions.Optional("--set", "Name of the set, where the data is a registry of several (dataset_info.json)");

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(From);
        command.Options.Add(Set);
    }

    /// <summary>The data set.</summary>
    public DatasetInput Resolve(ParseResult parsed) =>
        DatasetInput.Open(Data.Name, parsed.GetRequiredValue(Data), parsed.GetValue(From), parsed.GetValue(Set));

    /// <summary>An option that takes the name of a format.</summary>
    public static Option<string?> FormatOption(string name, string description) =>
        SharedOptions.Optional(name, $"{description}: {string.Join(", ", NSft.Data.Formats.DatasetFormats.All.Select(format => format.Name))}");
}
