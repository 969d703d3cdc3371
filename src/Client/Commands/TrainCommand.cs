using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Hosting;
using NSft.Training;
using NSft.Training.Samples;

namespace NSft.Client.Commands;

/// <summary><c>nsft train</c>: a training run on a cluster in this process.</summary>
internal static class TrainCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        TrainingArguments arguments = new();
        Option<string> output = SharedOptions.Required("--out", "Folder for the trained model and steps.jsonl; it appears when the run is complete");
        Option<int> workers = SharedOptions.Count("--workers", 1, "Workers, each on a silo of its own; the result does not depend on it");
        Option<bool> overwrite = new("--overwrite") { Description = "Replace results that are in the output folder" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("train", "Train a model: sft, nsft or dpo, on 1 to N workers, with the same result to the bit");
        arguments.AddTo(command);
        foreach (Option option in new Option[] { workers, output, overwrite, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            TrainingOptions options = arguments.Read(parsed);
            string target = OutputDirectory.Check(parsed.GetRequiredValue(output), parsed.GetValue(overwrite));
            TrainingData data = TrainingData.Load(options);
            RowProblemList.Write(data.Problems);
            int workerCount = parsed.GetValue(workers);
            RunOutcome outcome = await TrainingRun.TrainAsync(options, target, workerCount, cancellation);
            TokenizerCopy.WriteFile(options.TokenizerPath, target);
            RunRecordFile.Write(outcome, options, workerCount);
            Write(outcome, data, workerCount, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(RunOutcome outcome, TrainingData data, int workerCount, bool asJson)
    {
        StepRecord last = outcome.Steps[^1];
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Out = outcome.OutputDirectory,
                Steps = outcome.Steps.Count,
                last.Loss,
                last.GradNorm,
                Workers = workerCount,
                outcome.WeightsHash,
                outcome.RedoneSteps,
                Rows = data.Samples.Count,
                SkippedRows = data.Problems.Count,
                Seconds = outcome.Duration.TotalSeconds,
            });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outcome.OutputDirectory}: {outcome.Steps.Count} steps on {workerCount} workers in {outcome.Duration.TotalSeconds:0.0} s, last loss {last.Loss:0.0000}, weights {outcome.WeightsHash[..16]}"));
    }
}
