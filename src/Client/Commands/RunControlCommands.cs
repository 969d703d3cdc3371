using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Commands;

/// <summary><c>nsft scale</c>, <c>pause</c>, <c>resume</c>, <c>cancel</c>: what can be asked of a run that goes on.</summary>
internal static class RunControlCommands
{
    /// <summary><c>nsft scale</c>.</summary>
    public static Command Scale()
    {
        Option<int> workers = SharedOptions.Count("--workers", 1, "Workers wanted; the result does not depend on it");
        workers.DefaultValueFactory = null;
        workers.Required = true;
        Command command = new("scale", "Want another number of workers for a run; they join and leave at step boundaries") { workers };
        return Build(
            command,
            (run, parsed) => run.ScaleAsync(parsed.GetValue(workers)),
            parsed => string.Create(CultureInfo.InvariantCulture, $"wants {parsed.GetValue(workers)} workers from now on"));
    }

    /// <summary><c>nsft pause</c>.</summary>
    public static Command Pause() => Build(
        new Command("pause", "Stop a run after the step in flight; its workers keep their state"), (run, _) => run.PauseAsync(), _ => "pauses; nsft resume lets it go on");

    /// <summary><c>nsft resume</c>.</summary>
    public static Command Resume() => Build(new Command("resume", "Let a paused run go on"), (run, _) => run.ResumeAsync(), _ => "goes on");

    /// <summary><c>nsft cancel</c>.</summary>
    public static Command Cancel() => Build(
        new Command("cancel", "End a run; nothing is exported, its checkpoints stay"), (run, _) => run.CancelAsync(), _ => "is cancelled");

    private static Command Build(Command command, Func<IRunGrain, ParseResult, Task> ask, Func<ParseResult, string> said)
    {
        RunArgument run = new();
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => run.UseAsync(
            parsed,
            async (connection, summary) =>
            {
                IRunGrain grain = connection.Run(summary.RunId);
                RunStatus before = await connection.CallAsync(() => grain.GetStatusAsync(int.MaxValue), cancellation).ConfigureAwait(false);
                if (before.Phase.IsTerminal())
                {
                    throw new UserInputException($"{summary.RunId} is {RunWords.Of(before.Phase)} already; nsft runs lists those that go on");
                }

                await connection.CallAsync(() => ask(grain, parsed), cancellation).ConfigureAwait(false);
                if (run.IsJson(parsed))
                {
                    RunStatus after = await connection.CallAsync(() => grain.GetStatusAsync(int.MaxValue), cancellation).ConfigureAwait(false);
                    ConsoleOutput.WriteJson(RunJson.Of(summary, after));
                }
                else
                {
                    ConsoleOutput.WriteLine($"{summary.RunId} {said(parsed)}");
                }

                return ExitCodes.Success;
            },
            cancellation));
        return command;
    }
}
