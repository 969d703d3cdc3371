using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Iteration;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Silos;
using NSft.Grains.Hosting;

namespace NSft.Client.Commands;

/// <summary><c>nsft iterate</c>: sampling from the newest weights, construction and training, round after round.</summary>
internal static class IterateCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        IterationArguments arguments = new();
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("iterate", "Alternate sampling from the newest weights, construction and training");
        arguments.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, _) =>
        {
            using StopSignals signals = new(() => { });
            IterationSettings settings = arguments.Read(parsed);
            IterationRecord.Ensure(settings);
            using IDisposable held = IterationRecord.Lock(settings.Output);
            bool isCuda = arguments.IsCuda(parsed);
            await using LocalCluster cluster = await LocalCluster.StartAsync(
                new LocalClusterOptions
                {
                    SiloCount = isCuda ? 1 : settings.Workers,
                    ConfigureServices = services => SamplingDevices.Configure(services, isCuda),
                },
                signals.Asked);
            IReadOnlyList<RoundResult> rounds = await new IterationRun(settings, cluster).RunAsync(Tell, signals.Asked);
            IterationTable.WriteFiles(settings.Output, rounds);
            Write(rounds, settings, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Tell(RoundResult round)
    {
        if (round.Round > 0 && round.Trained is null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"nsft: round {round.Round}: the samples give nothing more to learn; the rounds end with the weights of the one before"));
        }
        else if (round.Sampled is SampledStage sampled && round.Trained is TrainedStage trained)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round.Round}: {sampled.TrueShare:P1} of {sampled.Completions} samples were true, {round.Paired!.Pairs} pairs, loss {trained.FirstLoss:0.000} to {trained.LastLoss:0.000}"));
        }
    }

    private static void Write(IReadOnlyList<RoundResult> rounds, IterationSettings settings, bool asJson)
    {
        string model = rounds[^1].Model;
        if (asJson)
        {
            ConsoleOutput.WriteJson(new { Out = settings.Output, Model = model, Rounds = rounds });
            return;
        }

        IterationTable.Show(rounds);
        ConsoleOutput.WriteLine($"{model} holds the result, {Path.Combine(settings.Output, IterationTable.FileName)} this table. Percent; true: samples that say what the reference says.");
    }
}
