using NSft.Client.Output;
using NSft.Grains.Contracts.Messages;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NSft.Client.Clusters;

/// <summary>Shows a run while it goes on, on standard error: a live panel on a terminal, a line now and then elsewhere.</summary>
internal static class RunDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PanelInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows the run until its end.</summary>
    public static Task<RunStatus> FollowAsync(ClusterConnection connection, string runId, string title, CancellationToken cancellation)
    {
        RunFollower follower = new(connection, runId);
        RunMonitor monitor = new(TimeProvider.System);
        return Console.IsErrorRedirected
            ? follower.FollowAsync(new LineReport(Console.Error, title, monitor, TimeProvider.System, LineInterval).Take, cancellation)
            : LiveAsync(follower, monitor, title, cancellation);
    }

    private static Task<RunStatus> LiveAsync(RunFollower follower, RunMonitor monitor, string title, CancellationToken cancellation)
    {
        IAnsiConsole console = ConsoleOutput.For(Console.Error, isRedirected: false);
        return console.Live(new Text("")).AutoClear(true).StartAsync(context =>
        {
            long last = 0;
            return follower.FollowAsync(
                status =>
                {
                    monitor.Take(status);
                    if (last == 0 || TimeProvider.System.GetElapsedTime(last) >= PanelInterval)
                    {
                        last = TimeProvider.System.GetTimestamp();
                        context.UpdateTarget(Panel(monitor, title));
                        context.Refresh();
                    }
                },
                cancellation);
        });
    }

    /// <summary>The panel: a bar, the numbers, and a line for each worker.</summary>
    internal static Rows Panel(RunMonitor monitor, string title)
    {
        RunStatus status = monitor.Status!;
        BreakdownChart bar = new BreakdownChart().HideTags()
            .AddItem("committed", status.CommittedSteps, Color.Green)
            .AddItem("left", Math.Max(0, status.TotalSteps - status.CommittedSteps), Color.Grey);
        Table workers = new Table().Border(TableBorder.None).AddColumns("worker", "silo", "device", "stage");
        foreach (WorkerStatus worker in status.Workers)
        {
            workers.AddRow(
                Markup.Escape(worker.Key.Split('/')[^1]),
                Markup.Escape(worker.Silo),
                FormattableString.Invariant($"{worker.Device}"),
                Markup.Escape(RunWords.Of(worker.Stage)));
        }

        IRenderable[] rows = [new Markup($"[bold]{Markup.Escape(title)}[/]"), bar, new Text(monitor.Line()), workers];
        return new Rows(rows);
    }
}
