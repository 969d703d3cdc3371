using NSft.Client.Output;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Storage;
using NSft.Training;

namespace NSft.Client.Clusters;

/// <summary>Hands a run over to a cluster, which trains and publishes it without this console.</summary>
internal static class RunSubmission
{
    private const int IdLength = 8;

    /// <summary>Folder of a run's place whose files go beside the result.</summary>
    private const string ResultFolder = "result";

    /// <summary>Starts a run.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="options">What to train; paths may be relative to this process, or addresses.</param>
    /// <param name="output">Where the cluster puts the result: a folder or an address.</param>
    /// <param name="workers">Workers wanted.</param>
    /// <param name="elastic">How the run lives through changes of its workers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="tokenizer">The tokenizer on this machine, where the options name an address.</param>
    /// <returns>Id of the run.</returns>
    public static async Task<string> SubmitAsync(
        ClusterConnection connection,
        TrainingOptions options,
        string output,
        int workers,
        ElasticOptions elastic,
        CancellationToken cancellation,
        string? tokenizer = null)
    {
        string runId = RunFinder.IdPrefix + Guid.NewGuid().ToString("N")[..IdLength];
        string target = FullPlace(Path.TrimEndingDirectorySeparator(output));
        TrainingOptions full = WithFullPaths(options);
        string json = TrainingOptionsJson.Write(full);
        RunPlaces places = RunPlaces.Of(connection);
        IObjectStore place = places.Open(runId);
        await new SubmittedRun(runId, elastic.Name, json, target).WriteAsync(place, cancellation).ConfigureAwait(false);
        string staging = await StageAsync(place, target, runId, full with { TokenizerPath = tokenizer ?? full.TokenizerPath }, RunRecordFile.OfRequest(full, workers), cancellation)
            .ConfigureAwait(false);
        RunRequest request = new(json, workers, staging)
        {
            Elastic = elastic with { OutputDirectory = target, RunDirectory = places.AddressOf(runId).ToString() },
        };
        await connection.CallAsync(() => connection.Run(runId).StartAsync(request), cancellation).ConfigureAwait(false);
        return runId;
    }

    /// <summary>The same options with paths that mean the same in any process of this machine.</summary>
    internal static TrainingOptions WithFullPaths(TrainingOptions options) => options with
    {
        ModelDirectory = FullPlace(options.ModelDirectory),
        TokenizerPath = FullPlace(options.TokenizerPath),
        DataPath = FullPlace(options.DataPath),
        ImageDirectory = FullPlace(options.ImageDirectory),
        CorrectivePath = options.CorrectivePath is null ? null : FullPlace(options.CorrectivePath),

        // A template is a name unless there is a file that is called so.
        Template = File.Exists(options.Template) ? Path.GetFullPath(options.Template) : options.Template,
    };

    private static string FullPlace(string place) => StoreAddress.IsBlob(place) ? StoreAddress.Parse(place).ToString() : Path.GetFullPath(place);

    /// <summary>Lays down what goes beside the result: in the folder that it is written into, or for an address in the run's place.</summary>
    /// <returns>The folder; empty for an address, for which whoever writes the result has a folder of its own.</returns>
    private static async Task<string> StageAsync(
        IObjectStore place, string target, string runId, TrainingOptions local, byte[] record, CancellationToken cancellation)
    {
        if (StoreAddress.IsBlob(target))
        {
            await place.WriteAsync($"{ResultFolder}/{RunRecordFile.FileName}", record, WriteCondition.Any, cancellation).ConfigureAwait(false);
            await place.UploadAsync($"{ResultFolder}/{TokenizerCopy.FileName}", local.TokenizerPath, WriteCondition.Any, progress: null, cancellation).ConfigureAwait(false);
            return "";
        }

        string staging = $"{target}.partial-{runId}";
        try
        {
            Directory.CreateDirectory(staging);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"--out {target}: cannot be written: {error.Message}", error);
        }

        TokenizerCopy.WriteFile(local.TokenizerPath, staging);
        RunRecordFile.Write(staging, record);
        return staging;
    }
}
