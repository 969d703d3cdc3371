using NSft.Client.Output;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Client.Clusters;

/// <summary>Hands a run over to a cluster, which trains and publishes it without this console.</summary>
internal static class RunSubmission
{
    private const int IdLength = 8;

    /// <summary>Starts a run.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="options">What to train; paths may be relative to this process.</param>
    /// <param name="output">Where the cluster puts the result.</param>
    /// <param name="workers">Workers wanted.</param>
    /// <param name="elastic">How the run lives through changes of its workers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Id of the run.</returns>
    public static async Task<string> SubmitAsync(
        ClusterConnection connection, TrainingOptions options, string output, int workers, ElasticOptions elastic, CancellationToken cancellation)
    {
        string runId = RunFinder.IdPrefix + Guid.NewGuid().ToString("N")[..IdLength];
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        string json = TrainingOptionsJson.Write(WithFullPaths(options));
        new SubmittedRun(runId, elastic.Name, json, target).Write(connection.StatePath);
        string staging = $"{target}.partial-{runId}";
        Directory.CreateDirectory(staging);
        TokenizerCopy.WriteFile(options.TokenizerPath, staging);
        RunRecordFile.WriteRequest(staging, WithFullPaths(options), workers);
        RunRequest request = new(json, workers, staging)
        {
            Elastic = elastic with { OutputDirectory = target, RunDirectory = SubmittedRun.DirectoryOf(connection.StatePath, runId) },
        };
        await connection.CallAsync(() => connection.Run(runId).StartAsync(request), cancellation).ConfigureAwait(false);
        return runId;
    }

    /// <summary>The same options with paths that mean the same in any process of this machine.</summary>
    internal static TrainingOptions WithFullPaths(TrainingOptions options) => options with
    {
        ModelDirectory = Path.GetFullPath(options.ModelDirectory),
        TokenizerPath = Path.GetFullPath(options.TokenizerPath),
        DataPath = Path.GetFullPath(options.DataPath),
        ImageDirectory = Path.GetFullPath(options.ImageDirectory),
        CorrectivePath = options.CorrectivePath is null ? null : Path.GetFullPath(options.CorrectivePath),

        // A template is a name unless there is a file that is called so.
        Template = File.Exists(options.Template) ? Path.GetFullPath(options.Template) : options.Template,
    };
}
