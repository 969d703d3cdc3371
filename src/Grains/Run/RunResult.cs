using System.Text;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Storage;

namespace NSft.Grains.Run;

/// <summary>Publishes the result of a run that its cluster writes, or removes what is left of it.</summary>
internal static class RunResult
{
    /// <summary>Folder of a run's place with the small files that its submitter wants beside a result at an address.</summary>
    private const string CompanionFolder = "result/";

    /// <summary>Where a worker exports to: the folder beside the result, or the address itself.</summary>
    internal static string ExportPlace(RunRequest request) =>
        request.Elastic?.OutputDirectory is { } output && StoreAddress.IsBlob(output) ? output : request.StagingDirectory;

    /// <summary>Puts a complete result in its place; removes what belongs to any other end.</summary>
    /// <returns>Why it could not be published; null when it was, or there was nothing to publish.</returns>
    internal static async Task<Failure?> SettleAsync(string runId, RunState state, RunPhase end, IReadOnlyList<StepMessage> steps, RunStorage storage)
    {
        var output = state.Request!.Elastic!.OutputDirectory!;
        return StoreAddress.IsBlob(output)
            ? await SettleStoredAsync(runId, state, end, steps, storage)
            : await Task.Run(() => SettleFolder(state, end, steps, output));
    }

    private static async Task<Failure?> SettleStoredAsync(string runId, RunState state, RunPhase end, IReadOnlyList<StepMessage> steps, RunStorage storage)
    {
        var output = state.Request!.Elastic!.OutputDirectory!;
        try
        {
            var result = new StoredResult(storage.Stores.Open(StoreAddress.Parse(output)));
            if (end != RunPhase.Completed)
            {
                await result.RemoveAsync();
                return null;
            }

            var isWhole = false;
            await storage.InsistAsync(
                async () =>
                {
                    var companions = await CompanionsAsync(state.Request.Elastic.RunDirectory, storage.Stores);
                    companions[StepLogWriter.FileName] = Encoding.UTF8.GetBytes(string.Concat(steps.Select(step => StepRecords.From(step).ToJson() + "\n")));
                    isWhole = await result.CompleteAsync(runId, state.WeightsHash!, companions);
                },
                CancellationToken.None);
            return isWhole ? null : new Failure(FailureKind.Coordinator, $"{output}: the written result is gone");
        }
        catch (StoreConflictException exception)
        {
            return new Failure(FailureKind.UserInput, $"{output}: another run has published its result here meanwhile: {exception.Message}");
        }
        catch (UserInputException exception)
        {
            return new Failure(FailureKind.UserInput, $"{output}: the result cannot be published: {exception.Message}");
        }
    }

    private static async Task<Dictionary<string, ReadOnlyMemory<byte>>> CompanionsAsync(string? place, IObjectStores stores)
    {
        var companions = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (place is not null)
        {
            var run = stores.Open(StoreAddress.Parse(place));
            await foreach (var facts in run.ListAsync(CompanionFolder, CancellationToken.None))
            {
                if (await run.ReadAsync(facts.Name, CancellationToken.None) is { } content)
                {
                    companions[facts.Name[CompanionFolder.Length..]] = content.Content;
                }
            }
        }

        return companions;
    }

    private static Failure? SettleFolder(RunState state, RunPhase end, IReadOnlyList<StepMessage> steps, string output)
    {
        var staging = state.Request!.StagingDirectory;
        try
        {
            if (!Directory.Exists(staging))
            {
                return end == RunPhase.Completed && !Directory.Exists(output)
                    ? new Failure(FailureKind.Coordinator, $"{staging}: the written result is gone")
                    : null;
            }

            if (end == RunPhase.Completed)
            {
                using var writer = new StreamWriter(Path.Combine(staging, StepLogWriter.FileName)) { NewLine = "\n" };
                foreach (var step in steps)
                {
                    writer.WriteLine(StepRecords.From(step).ToJson());
                }

                writer.Close();
                StagedDirectory.Publish(staging, output);
            }
            else
            {
                Directory.Delete(staging, recursive: true);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure(FailureKind.UserInput, $"{output}: the result cannot be published: {exception.Message}; it is in {staging}");
        }
    }
}
