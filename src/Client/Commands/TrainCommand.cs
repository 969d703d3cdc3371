using System.CommandLine;
using NSft.Client.Clusters;
using NSft.Client.Parsing;
using NSft.Client.Remote;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Client.Commands;

/// <summary><c>nsft train</c>: a training run on a cluster in this process, or on the silos of a state directory.</summary>
internal static class TrainCommand
{
    /// <summary>Name of the verb.</summary>
    public const string Name = "train";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        TrainingArguments arguments = new();
        ElasticArguments elasticity = new();
        Option<string> output = SharedOptions.Required("--out", "Folder or address (azblob:CONTAINER/PREFIX) for the trained model and steps.jsonl; it appears when the run is complete");
        Option<int> workers = SharedOptions.Count("--workers", 1, "Workers; the result does not depend on it");
        Option<bool> overwrite = new("--overwrite") { Description = "Replace results that are in the output folder" };
        Option<bool> detach = new("--detach") { Description = "Start the run on the silos of the state directory and return; nsft watch follows it" };
        Option<string?> state = SharedOptions.Optional(StateDirectory.OptionName, "Run on the silos of this state directory (see nsft up) and follow; Ctrl-C leaves the run going");
        Option<string?> name = SharedOptions.Optional("--name", "Name of the run, for status, watch and the like");
        Option<bool> json = SharedOptions.Json();
        Command command = new(Name, "Train a model: sft, nsft or dpo, on 1 to N workers, with the same result to the bit");
        arguments.AddTo(command);
        elasticity.AddTo(command);
        foreach (Option option in new Option[] { workers, output, overwrite, detach, state, name, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            TrainingOptions options = await ReadOptionsAsync(arguments, parsed, cancellation).ConfigureAwait(false);
            string target = await OutputDirectory.CheckAsync(parsed.GetRequiredValue(output), parsed.GetValue(overwrite), cancellation).ConfigureAwait(false);
            int workerCount = parsed.GetValue(workers);
            ElasticOptions elastic = elasticity.Read(parsed, target, workerCount) with { Name = NameOf(parsed.GetValue(name)) };
            TrainJob job = new(options, target, workerCount, elastic, parsed.GetValue(json));
            return parsed.GetValue(detach) || parsed.GetValue(state) is not null
                ? await job.RunOnClusterAsync(StateDirectory.ResolveCluster(parsed.GetValue(state)), parsed.GetValue(detach), cancellation).ConfigureAwait(false)
                : await job.RunHereAsync(cancellation).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>The options with the places that the user named; what stands in files is read from copies.</summary>
    private static async Task<TrainingOptions> ReadOptionsAsync(TrainingArguments arguments, ParseResult parsed, CancellationToken cancellation)
    {
        using RemoteArguments? remote = await RemoteArguments.FetchForCheckingAsync(parsed, cancellation).ConfigureAwait(false);
        if (remote is null)
        {
            return arguments.Read(parsed);
        }

        try
        {
            return remote.WithAddresses(arguments.Read(ConsoleApplication.Parse(parsed.RootCommandResult.Command, remote.Words)));
        }
        catch (UserInputException error)
        {
            throw remote.Explain(error);
        }
    }

    private static string? NameOf(string? name) => name switch
    {
        null => null,
        RunFinder.Last or "" => throw new UserInputException($"--name '{name}' would mean another run; choose another name"),
        _ => name,
    };
}
