using System.CommandLine;
using NSft.Client.Clusters;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Hosting;

namespace NSft.Client.Commands;

/// <summary><c>nsft construct</c>: corrective conversations from preference rows.</summary>
internal static class ConstructCommand
{
    private const int DefaultSilos = 2;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        ConstructArguments arguments = new();
        Option<string> output = SharedOptions.Required("--out", "LLaVA conversation JSON to write");
        Option<int> silos = SiloCount();
        Option<string?> state = State();
        Option<bool> dryRun = new("--dry-run") { Description = "Estimate requests, tokens and cost, and ask nothing" };
        Option<bool> json = SharedOptions.Json();
        LongCommand command = new("construct", "Turn rejected answers into corrective questions and answers") { output };
        arguments.AddTo(command);
        foreach (Option option in new Option[] { silos, state, dryRun, json })
        {
            command.Options.Add(option);
        }

        command.Subcommands.Add(ConstructReplayCommand.Create());
        command.Subcommands.Add(ConstructReportCommand.Create());
        command.SetAction((parsed, _) =>
        {
            ConstructionSettings settings = arguments.Read(parsed);
            string path = InputPath.Writable(output.Name, parsed.GetRequiredValue(output));
            if (parsed.GetValue(dryRun))
            {
                ConstructionEstimateLines.Write(ConstructionEstimate.Of(settings), parsed.GetValue(json));
                return Task.FromResult(ExitCodes.Success);
            }

            return ConstructionEnd.TellAsync(path, parsed.GetValue(json), cancellation => OnClusterAsync(
                parsed.GetValue(state),
                parsed.GetValue(silos),
                cluster => ConstructionRun.ConstructAsync(cluster, settings, path, cancellation),
                cancellation));
        });
        return command;
    }

    /// <summary>A new <c>--silos</c>.</summary>
    public static Option<int> SiloCount() => SharedOptions.Count("--silos", DefaultSilos, "Silos in this process that share the work; the result does not depend on it");

    /// <summary>A new <c>--state</c>.</summary>
    public static Option<string?> State() =>
        SharedOptions.Optional(StateDirectory.OptionName, "Work on the silos of this state directory (see nsft up) instead of in this process");

    /// <summary>
    /// Works on the silos of a state directory, or on silos in this process: a job's folder is shared by its silos, and those of several
    /// machines share none.
    /// </summary>
    public static async Task<T> OnClusterAsync<T>(string? state, int silos, Func<IClusterClient, Task<T>> work, CancellationToken cancellation)
    {
        if (StateDirectory.FindCluster(state) is StateChoice { Network: null } choice)
        {
            await using ClusterConnection connection = await ClusterConnection.OpenAsync(choice, cancellation);
            return await work(connection.Client);
        }

        await using LocalCluster cluster = await LocalCluster.StartAsync(silos, cancellation);
        return await work(cluster.Client);
    }
}
