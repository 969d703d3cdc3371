using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Silos;
using NSft.Grains.Hosting;

namespace NSft.Client.Commands;

/// <summary><c>nsft sample</c>: several completions to each prompt, from any checkpoint.</summary>
internal static class SampleCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        ModelOptions model = new();
        SamplingArguments sampling = new();
        Option<string> data = SharedOptions.Required("--data", "Prompts: preference rows, LLaVA conversations (first turn), questions or completions");
        Option<string> images = SharedOptions.Required("--images", "Folder of the images");
        Option<string> output = SharedOptions.Required("--out", "Completion file to write: {id, image, question, reference?, completions}, one a line");
        Option<string?> work = SharedOptions.Optional("--work", "Folder for what is done so far (default: --out with .work behind it); the same command goes on from there");
        Option<int> workers = SharedOptions.Count("--workers", 0, "Devices that sample; 0 for all. The result does not depend on it", least: 0);
        Option<string> device = SharedOptions.OneOf("--device", "cpu", "Where tensors live", "cpu", "cuda");
        Option<string?> state = SharedOptions.Optional(StateDirectory.OptionName, "Sample on the silos of this state directory (see nsft up) instead of in this process");
        Option<bool> strict = new("--strict") { Description = "Make rows that cannot be used an error" };
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("sample", "Sample completions to prompts from a model, for preference pairs") { data, images, output };
        model.AddTo(command);
        sampling.AddTo(command);
        foreach (Option option in new Option[] { work, workers, device, state, strict, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            using StopSignals signals = new(() => { });
            SamplingSettings settings = sampling.Read(
                parsed,
                model.Resolve(parsed, InputPath.Folder(images.Name, parsed.GetRequiredValue(images))) with { Device = parsed.GetRequiredValue(device) },
                InputPath.File(data.Name, parsed.GetRequiredValue(data))) with
            {
                Workers = parsed.GetValue(workers),
                WorkDirectory = parsed.GetValue(work),
                Strict = parsed.GetValue(strict),
            };
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            SamplingOutcome outcome = await SampleAsync(settings, path, parsed.GetValue(state), signals.Asked);
            RowProblemList.Write(outcome.Problems);
            Write(outcome, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<SamplingOutcome> SampleAsync(SamplingSettings settings, string output, string? state, CancellationToken cancellation)
    {
        // Silos of several machines share no folder that the job could work in.
        if (StateDirectory.FindCluster(state) is StateChoice { Network: null } choice)
        {
            await using ClusterConnection connection = await ClusterConnection.OpenAsync(choice, cancellation);
            return await SamplingRun.SampleAsync(connection.Client, settings, output, cancellation);
        }

        // In this process a GPU or a processor core is a worker, and each has a silo of its own only where more than one was asked for.
        bool isCuda = settings.Model.Device == "cuda";
        int silos = isCuda ? 1 : settings.Workers > 0 ? settings.Workers : Environment.ProcessorCount;
        await using LocalCluster cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { SiloCount = silos, ConfigureServices = services => SamplingDevices.Configure(services, isCuda) }, cancellation);
        return await SamplingRun.SampleAsync(cluster.Client, settings, output, cancellation);
    }

    private static void Write(SamplingOutcome outcome, bool asJson)
    {
        double seconds = outcome.Duration.TotalSeconds;
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Out = outcome.OutputPath,
                Prompts = outcome.PromptCount,
                Completions = outcome.CompletionCount,
                NewCompletions = outcome.NewCount,
                Tokens = outcome.TokenCount,
                Repeated = outcome.RepeatedCount,
                Truncated = outcome.TruncatedCount,
                EqualToReference = outcome.TrueCount,
                SkippedRows = outcome.Problems.Count,
                outcome.RetriedBlocks,
                Silos = outcome.Silos.Count,
                Seconds = seconds,
            });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outcome.OutputPath}: {outcome.CompletionCount} completions to {outcome.PromptCount} prompts, {outcome.TokenCount} tokens; {outcome.RepeatedCount} repeat another, {outcome.TrueCount} say what the reference says, {outcome.TruncatedCount} were cut; {outcome.NewCount} sampled in {seconds:0.0} s"));
    }
}
