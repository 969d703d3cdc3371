using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using NSft.Client.Commands;
using NSft.Client.Datasets;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Preferences;
using NSft.Client.Remote;
using NSft.Client.Storage;
using NSft.Collectives;

namespace NSft.Client;

/// <summary>The console: builds the verbs, runs one, and turns every failure into one line and an exit code.</summary>
internal static class ConsoleApplication
{
    private const string StoreVerb = "store";

    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs the verb that <paramref name="arguments"/> name.</summary>
    /// <returns>An exit code of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        Option<string?> config = ConsoleConfiguration.Option();
        Command root = BuildRoot();
        root.Options.Add(config);
        ParseResult parsed = Parse(root, arguments.Length == 0 ? ["--help"] : arguments);
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

            return await InvokeAsync(root, parsed, invocation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the top of the program: whatever is left becomes one line and an exit code
        catch (Exception error)
#pragma warning restore CA1031
        {
            return FailureReport.Write(error);
        }
    }

    /// <summary>Reads a command line.</summary>
    internal static ParseResult Parse(Command root, string[] arguments) =>
        root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    /// <summary>Runs a verb, with local copies in place of addresses unless it takes addresses itself.</summary>
    private static async Task<int> InvokeAsync(Command root, ParseResult parsed, InvocationConfiguration invocation)
    {
        using RemoteArguments? remote = TakesAddresses(parsed) ? null : await RemoteArguments.FetchAsync(parsed, CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await (remote is null ? parsed : Parse(root, remote.Words)).InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (UserInputException error) when (remote is not null)
        {
            throw remote.Explain(error);
        }
    }

    private static bool TakesAddresses(ParseResult parsed)
    {
        for (SymbolResult? verb = parsed.CommandResult; verb is CommandResult result; verb = result.Parent)
        {
            if (result.Command.Name is TrainCommand.Name or StoreVerb)
            {
                return true;
            }
        }

        return false;
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
        root.Subcommands.Add(StoreCommand.Create());
        root.Subcommands.Add(ChaosCommand.Create());
        root.Subcommands.Add(BenchCommand.Create());
        return root;
    }
}
