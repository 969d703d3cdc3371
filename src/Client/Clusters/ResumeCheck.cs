using System.Text.Json.Nodes;
using NSft.Client.Output;
using NSft.Client.Remote;
using NSft.Collectives;
using NSft.Storage;
using NSft.Training;
using NSft.Training.Checkpoints;

namespace NSft.Client.Clusters;

/// <summary>Whether a run can go on from what is in a folder of checkpoints or at their address, said before anything starts.</summary>
internal static class ResumeCheck
{
    // Where things lie and what they are computed on may change between one part of a run and the next.
    private static readonly string[] MayDiffer = ["modelDirectory", "tokenizerPath", "dataPath", "imageDirectory", "correctivePath", "template", "device", "strict"];

    /// <summary>Checks the newest whole checkpoint; names those that are damaged on standard error.</summary>
    /// <exception cref="UserInputException">There is none, or it was written with other options.</exception>
    public static async Task EnsureAsync(string folder, TrainingOptions options, CancellationToken cancellation)
    {
        using ScratchFolder scratch = ConsoleStores.Scratch();
        (StoredCheckpoint? newest, IReadOnlyList<string> problems) = await new CheckpointStores(ConsoleStores.Open(), scratch)
            .Open(folder).FindNewestWholeAsync(planHash: null, cancellation).ConfigureAwait(false);
        if (newest is null)
        {
            string why = problems.Count == 0 ? "no checkpoint is there" : FailureReport.OneLine(string.Join("; ", problems));
            throw new UserInputException($"--resume: {folder} has nothing to go on from: {why}; leave --resume out to start anew");
        }

        foreach (string problem in problems)
        {
            await Console.Error.WriteLineAsync($"nsft: skipped: {FailureReport.OneLine(problem)}").ConfigureAwait(false);
        }

        string[] changed = [.. Differences(newest.Manifest.OptionsJson, TrainingOptionsJson.Write(options))];
        if (changed.Length > 0)
        {
            throw new UserInputException($"--resume: {newest.Place} belongs to a run with other options: {string.Join(", ", changed)}; give the same, or leave --resume out to start anew");
        }
    }

    /// <summary>What differs between two sets of options apart from places, one text each.</summary>
    internal static IEnumerable<string> Differences(string before, string now)
    {
        JsonObject old = JsonNode.Parse(before)!.AsObject();
        JsonObject given = JsonNode.Parse(now)!.AsObject();
        foreach (string name in old.Select(pair => pair.Key).Union(given.Select(pair => pair.Key)).Except(MayDiffer))
        {
            if (!JsonNode.DeepEquals(old[name], given[name]))
            {
                yield return $"{name} was {old[name]?.ToJsonString() ?? "not set"} and is {given[name]?.ToJsonString() ?? "not set"}";
            }
        }
    }
}
