using System.CommandLine;
using NSft.Client.Chaos;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Silos;
using NSft.Collectives;
using NSft.Training;

namespace NSft.Client.Commands;

/// <summary><c>nsft chaos</c>: a run under random faults must come to the bits of an undisturbed one.</summary>
internal static class ChaosCommand
{
    private const int DefaultSilos = 4;
    private const int DefaultEvery = 10;
    private const double LongestMinutes = 24 * 60;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        ChaosArguments what = new();
        Option<double> minutes = SharedOptions.WithDefault("--minutes", 1.0, "How long faults are injected for");
        Option<ulong> seed = SharedOptions.WithDefault("--seed", 1UL, "Seed that decides all faults");
        Option<int> silos = SharedOptions.Count("--silos", DefaultSilos, "Silo processes at the start, one worker each", least: 2);
        Option<string> mode = SharedOptions.OneOf("--mode", "replicated", "Who holds the optimizer state", "replicated", "zero1");
        Option<int> every = SharedOptions.Count("--every", DefaultEvery, "Steps between checkpoints; they count when all holders of a state die at once");
        Option<bool> keep = new("--keep-state") { Description = "Leave state, logs and results in the temporary folder" };
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("chaos", "Kill, freeze, add, drain and rescale real silo processes during a run, and compare its weights with an undisturbed run's")
        {
            minutes, seed, silos, mode, every, keep, json,
        };
        what.AddTo(command);
        command.SetAction(async parsed =>
        {
            double asked = parsed.GetValue(minutes);
            if (!double.IsFinite(asked) || asked <= 0 || asked > LongestMinutes)
            {
                throw new UserInputException(FormattableString.Invariant($"--minutes cannot be {asked}: give more than 0 and at most {LongestMinutes}"));
            }

            using StopSignals signals = new(() => { });
            TrainingOptions options = what.Read(parsed);
            string folder = Directory.CreateTempSubdirectory("nsft-chaos-").FullName;
            ChaosSettings settings = new(
                options,
                TimeSpan.FromMinutes(asked),
                parsed.GetValue(seed),
                parsed.GetValue(silos),
                Enum.Parse<OptimizerStateMode>(parsed.GetRequiredValue(mode), ignoreCase: true),
                parsed.GetValue(every));
            return await RunAsync(settings, folder, parsed.GetValue(keep), parsed.GetValue(json), signals.Asked);
        });
        return command;
    }

    private static async Task<int> RunAsync(ChaosSettings settings, string folder, bool isKept, bool asJson, CancellationToken cancellation)
    {
        bool isDone = false;
        try
        {
            ChaosReport report = await new ChaosRun(settings, folder, line => Console.Error.WriteLine("chaos: " + line)).RunAsync(cancellation);
            isDone = report.IsPassed && !isKept;
            report = report with { Folder = isDone ? null : folder };
            if (asJson)
            {
                ConsoleOutput.WriteJson(ChaosReportText.Json(report));
            }
            else
            {
                foreach (string line in ChaosReportText.Lines(report))
                {
                    ConsoleOutput.WriteLine(line);
                }
            }

            return report.IsPassed ? ExitCodes.Success : ExitCodes.InternalError;
        }
        finally
        {
            if (isDone || (cancellation.IsCancellationRequested && !isKept))
            {
                Directory.Delete(folder, recursive: true);
            }
            else
            {
                await Console.Error.WriteLineAsync($"chaos: state, logs and results are in {folder}");
            }
        }
    }
}
