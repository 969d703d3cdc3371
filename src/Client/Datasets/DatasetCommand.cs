using System.CommandLine;

namespace NSft.Client.Datasets;

/// <summary><c>nsft dataset</c>: data sets of any format.</summary>
internal static class DatasetCommand
{
    /// <summary>The verb with what it does.</summary>
    public static Command Create()
    {
        Command command = new("dataset", "Convert, check, look at, count, split and mix data sets of any format");
        command.Subcommands.Add(ImportCommand.Create());
        command.Subcommands.Add(ValidateCommand.Create());
        command.Subcommands.Add(InspectCommand.Create());
        command.Subcommands.Add(StatsCommand.Create());
        command.Subcommands.Add(SplitCommand.Create());
        command.Subcommands.Add(MixCommand.Create());
        return command;
    }
}
