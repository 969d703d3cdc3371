using System.CommandLine;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Commands;

/// <summary><c>nsft watch</c>: one run until its end.</summary>
internal static class WatchCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        RunArgument run = new();
        Command command = new("watch", "Follow a run to its end: loss, rate, workers, view, time left; Ctrl-C ends watching, not the run");
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => run.UseAsync(
            parsed,
            async (connection, summary) =>
            {
                RunStatus status = await RunDisplay.FollowAsync(connection, summary.RunId, summary.Name ?? summary.RunId, cancellation).ConfigureAwait(false);
                if (run.IsJson(parsed))
                {
                    ConsoleOutput.WriteJson(RunJson.Of(summary, status));
                }
                else
                {
                    ConsoleOutput.WriteLine(RunFollower.EndLine(summary.RunId, status, summary.OutputDirectory));
                }

                return RunFollower.ExitCodeOf(status);
            },
            cancellation));
        return command;
    }
}
