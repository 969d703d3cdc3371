using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Ledgers;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Commands;

/// <summary><c>nsft events</c>: what happened in a run, and who computed what.</summary>
internal static class EventsCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        RunArgument run = new();
        Option<bool> ledger = new("--ledger") { Description = "List each committed step's samples, worker and view instead" };
        Command command = new("events", "List a run's events: views, losses, discarded steps and why, checkpoints") { ledger };
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => run.UseAsync(
            parsed,
            async (connection, summary) =>
            {
                if (parsed.GetValue(ledger))
                {
                    LedgerReading reading = await LedgerReading.ReadAsync(connection, summary.RunId, cancellation).ConfigureAwait(false);
                    WriteLedger(reading, run.IsJson(parsed));
                    return ExitCodes.Success;
                }

                RunEventMessage[] events = await connection.CallAsync(() => connection.Run(summary.RunId).ReadEventsAsync(0), cancellation).ConfigureAwait(false);
                WriteEvents(summary, events, run.IsJson(parsed));
                return ExitCodes.Success;
            },
            cancellation));
        return command;
    }

    private static void WriteEvents(RunSummary run, RunEventMessage[] events, bool asJson)
    {
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Run = run.RunId, Events = events.Select(RunJson.Of) });
            return;
        }

        foreach (RunEventMessage one in events)
        {
            string seconds = one.Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({one.Seconds:0.000} s)") : "";
            ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{RunWords.Of(one.Time)} step {one.Step,5} view {one.View,3} {RunWords.Of(one.Kind),-22} {FailureReport.OneLine(one.Text)}{seconds}"));
        }
    }

    private static void WriteLedger(LedgerReading reading, bool asJson)
    {
        LedgerCheck check = reading.Check();
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Run = reading.RunId,
                Check = new { check.Steps, check.WholeEpochs, check.Samples, check.IsRight, check.Problems },
                Steps = reading.Steps.Select(step => new
                {
                    step.Step,
                    step.Epoch,
                    step.View,
                    Parts = step.Parts.Select(part => new { part.Worker, part.Silo, part.FirstShard, part.ShardCount, Samples = part.Samples.Select(reading.IdOf) }),
                }),
            });
            return;
        }

        foreach (LedgerStep step in reading.Steps)
        {
            foreach (LedgerPart part in step.Parts)
            {
                ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"step {step.Step,5} epoch {step.Epoch + 1} view {step.View,3} {part.Worker.Split('/')[^1]} shards {part.FirstShard}-{part.FirstShard + part.ShardCount - 1}: {string.Join(' ', part.Samples.Select(reading.IdOf))}"));
            }
        }

        ConsoleOutput.WriteLine(LedgerReading.Verdict(check));
    }
}
