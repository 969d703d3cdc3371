using System.CommandLine;
using System.CommandLine.Help;
using NSft.Client.Commands;
using NSft.Client.Datasets;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Preferences;

namespace NSft.Client;

/// <summary>The console: builds the verbs, runs one, and turns every failure into one line and an exit code.</summary>
internal static class ConsoleApplication
{
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs the verb that <paramref name="arguments"/> name.</summary>
    /// <returns>An exit code of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        Option<string?> config = ConsoleConfiguration.Option();
        Command root = BuildRoot();
        root.Options.Add(config);
        ParserConfiguration parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments, parsing);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync("nsft: " + ParseErrorLine.Describe(parsed)).ConfigureAwait(false);
            return ExitCodes.UserError;
        }

        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = parsed.CommandResult.Command is LongCommand ? null : TerminationTimeout,
        };
        try
        {
            if (parsed.GetValue(config) is string path)
            {
                ConsoleConfiguration.Use(path);
            }

            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the top of the program: whatever is left becomes one line and an exit code
        catch (Exception error)
#pragma warning restore CA1031
        {
            return FailureReport.Write(error);
        }
    }

    /// <summary>The verbs. Built anew for each run: a parsed command keeps no state.</summary>
    internal static Command BuildRoot()
    {
        Command root = new("nsft", "Aligns vision-language models with negative supervision (nSFT) on an elastic cluster of grains.")
        {
            new HelpOption(),
            new VersionOption(),
        };
        root.Subcommands.Add(QuickstartCommand.Create());
        root.Subcommands.Add(DatasetCommand.Create());
        root.Subcommands.Add(SampleCommand.Create());
        root.Subcommands.Add(ConstructCommand.Create());
        root.Subcommands.Add(CritiqueCommand.Create());
        root.Subcommands.Add(JudgeCommand.Create());
        root.Subcommands.Add(PairCommand.Create());
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(IterateCommand.Create());
        root.Subcommands.Add(EvalCommand.Create());
        root.Subcommands.Add(GenerateCommand.Create());
        root.Subcommands.Add(ScoreCommand.Create());
        root.Subcommands.Add(TokenizeCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(UpCommand.Create());
        root.Subcommands.Add(DownCommand.Create());
        root.Subcommands.Add(SiloCommand.Create());
        root.Subcommands.Add(SilosCommand.Create());
        root.Subcommands.Add(ClusterCommand.Create());
        root.Subcommands.Add(RunsCommand.Create());
        root.Subcommands.Add(StatusCommand.Create());
        root.Subcommands.Add(WatchCommand.Create());
        root.Subcommands.Add(RunControlCommands.Scale());
        root.Subcommands.Add(RunControlCommands.Pause());
        root.Subcommands.Add(RunControlCommands.Resume());
        root.Subcommands.Add(RunControlCommands.Cancel());
        root.Subcommands.Add(EventsCommand.Create());
        root.Subcommands.Add(LogsCommand.Create());
        root.Subcommands.Add(ChaosCommand.Create());
        root.Subcommands.Add(BenchCommand.Create());
        return root;
    }
}
