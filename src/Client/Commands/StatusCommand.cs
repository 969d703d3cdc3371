using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Commands;

/// <summary><c>nsft status</c>: one run now.</summary>
internal static class StatusCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        RunArgument run = new();
        Command command = new("status", "Show a run: phase, steps, loss, workers, checkpoints");
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => run.UseAsync(
            parsed,
            async (connection, summary) =>
            {
                RunStatus status = await connection.CallAsync(() => connection.Run(summary.RunId).GetStatusAsync(0), cancellation).ConfigureAwait(false);
                if (run.IsJson(parsed))
                {
                    ConsoleOutput.WriteJson(RunJson.Of(summary, status));
                }
                else
                {
                    Write(summary, status);
                }

                return ExitCodes.Success;
            },
            cancellation));
        return command;
    }

    private static void Write(RunSummary run, RunStatus status)
    {
        string name = run.Name is null ? "" : $" ({run.Name})";
        string loss = status.Steps.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", loss {status.Steps[^1].Loss:0.0000}");
        string view = status.View is null ? "no view yet" : string.Create(CultureInfo.InvariantCulture, $"view {status.View.Version}");
        string checkpoint = status.LastCheckpointStep < 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"after {status.LastCheckpointStep} steps");
        TextWriter output = Console.Out;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.RunId}{name}: {RunWords.Of(status.Phase)}, {status.CommittedSteps}/{status.TotalSteps} steps{loss}"));
        output.WriteLine($"  started     {RunWords.Of(status.StartedAt)}");
        output.WriteLine($"  workers     {RunMonitor.WorkerText(status)}, {view}");
        foreach (WorkerStatus worker in status.Workers)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"              {worker.Key.Split('/')[^1]} {RunWords.Of(worker.Stage)} on {worker.Silo}, device {worker.Device}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  steps       {status.DiscardedSteps} discarded, {status.RedoneSteps} redone"));
        output.WriteLine($"  checkpoint  {checkpoint}");
        if (run.OutputDirectory is string result)
        {
            output.WriteLine($"  result      {result}{(status.WeightsHash is string hash ? $", weights {hash[..16]}" : "")}");
        }

        if (status.Failure is Failure failure)
        {
            output.WriteLine($"  failure     {FailureReport.OneLine(failure.Message)}");
        }
    }
}
