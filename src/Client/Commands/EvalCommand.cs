using System.CommandLine;

namespace NSft.Client.Commands;

/// <summary><c>nsft eval</c>: the benchmarks.</summary>
internal static class EvalCommand
{
    /// <summary>The verb with its benchmarks.</summary>
    public static Command Create()
    {
        Command command = new("eval", "Evaluate a model, or score an answer file");
        command.Subcommands.Add(EvalPopeCommand.Create());
        command.Subcommands.Add(EvalChairCommand.Create());
        command.Subcommands.Add(EvalVqaCommand.Create());
        return command;
    }
}
