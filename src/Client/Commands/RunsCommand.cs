using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Contracts.Messages;
using Spectre.Console;

namespace NSft.Client.Commands;

/// <summary><c>nsft runs</c>: all runs of a cluster.</summary>
internal static class RunsCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<string?> state = StateDirectory.Option();
        Option<bool> json = SharedOptions.Json();
        Command command = new("runs", "List the runs of a cluster, oldest first") { state, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using ClusterConnection connection = await ClusterConnection.OpenAsync(StateDirectory.ResolveCluster(parsed.GetValue(state)), cancellation).ConfigureAwait(false);
            RunSummary[] listed = await connection.CallAsync(() => connection.Index.ListAsync(), cancellation).ConfigureAwait(false);
            RunSummary[] runs = await Task.WhenAll(listed.Select(run => RefreshAsync(connection, run, cancellation))).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { State = connection.Name, Runs = runs.Select(RunJson.Of) });
                return ExitCodes.Success;
            }

            Write(runs);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The index hears of a run when its phase changes; how far it is, the run itself knows.</summary>
    private static async Task<RunSummary> RefreshAsync(ClusterConnection connection, RunSummary run, CancellationToken cancellation)
    {
        if (run.Phase.IsTerminal())
        {
            return run;
        }

        RunStatus status = await connection.CallAsync(() => connection.Run(run.RunId).GetStatusAsync(int.MaxValue), cancellation).ConfigureAwait(false);
        return run with { Phase = status.Phase, CommittedSteps = status.CommittedSteps, TotalSteps = status.TotalSteps };
    }

    private static void Write(RunSummary[] runs)
    {
        if (runs.Length == 0)
        {
            ConsoleOutput.WriteLine("no runs yet; nsft train --detach starts one");
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("run", "name", "phase", "steps", "started", "result");
        foreach (RunSummary run in runs)
        {
            table.AddRow(
                Markup.Escape(run.RunId),
                Markup.Escape(run.Name ?? "-"),
                RunWords.Of(run.Phase),
                string.Create(CultureInfo.InvariantCulture, $"{run.CommittedSteps}/{run.TotalSteps}"),
                RunWords.Of(run.StartedAt),
                Markup.Escape(run.OutputDirectory ?? "-"));
        }

        ConsoleOutput.WriteTable(table);
    }
}
