using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Sampling;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;
using NSft.Grains.Sampling;

namespace NSft.Grains.Hosting;

/// <summary>Starts sampling jobs on a cluster and follows them. Silos may come and go meanwhile.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="time">Clock of durations and waits; null for the system's.</param>
public sealed class SamplingClient(IClusterClient cluster, TimeProvider? time = null)
{
    private const int KeyBytes = 16;

    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// Samples completions over the devices of all silos. The result does not depend on their number. What is done when the job ends early stays
    /// in the work directory, and the same call goes on from there.
    /// </summary>
    /// <param name="settings">What to sample.</param>
    /// <param name="outputPath">Completion file to write; it appears whole or not at all.</param>
    /// <param name="progress">Told of phases and completions; null for nobody.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>The completed job.</returns>
    /// <exception cref="UserInputException">The input cannot be used.</exception>
    /// <exception cref="RunFailedException">The job failed for another reason.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled; the output is not written.</exception>
    public async Task<SamplingOutcome> SampleAsync(
        SamplingSettings settings,
        string outputPath,
        IProgress<SamplingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(outputPath);
        SamplingSettingsValidator.EnsureValid(settings);
        var begin = _time.GetTimestamp();
        var rooted = Rooted(settings);
        var (prompts, dataHash, facts) = await Task.Run(() => Read(rooted), cancellationToken);
        var work = Path.GetFullPath(settings.WorkDirectory ?? outputPath + JobDirectory.Suffix);
        using var held = JobDirectory.Lock(work);
        var directory = JobDirectory.Open(work, new JobRecord(facts, settings.BlockBatches), out var opened);
        var request = new SamplingRequest($"sample-{Guid.NewGuid():N}", SamplingJson.Write(rooted), work, opened.BlockSize, dataHash);
        var status = await RunAsync(request, progress, cancellationToken);
        var assembly = await Task.Run(() => CompletionAssembly.Read(directory, status.TotalBlocks, prompts.Rows), cancellationToken);
        CompletionFile.Write(outputPath, assembly.Rows());
        directory.Delete();
        return new SamplingOutcome(
            outputPath, [.. prompts.Problems.Select(problem => problem.ToString())], status.RetriedBlocks, status.Silos, _time.GetElapsedTime(begin))
        {
            PromptCount = prompts.Rows.Count,
            CompletionCount = assembly.CompletionCount,
            TokenCount = assembly.TokenCount,
            RepeatedCount = assembly.RepeatedCount,
            TruncatedCount = assembly.TruncatedCount,
            TrueCount = assembly.TrueCount,
            NewCount = assembly.CompletionCount - status.FoundCompletions,
        };
    }

    /// <summary>Key of the job that works in a directory: whoever asks for it again finds it.</summary>
    /// <param name="workDirectory">Full path.</param>
    internal static string JobKey(string workDirectory) =>
        "sample-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(workDirectory)).AsSpan(0, KeyBytes));

    /// <summary>Paths that mean the same in every process of this machine.</summary>
    private static SamplingSettings Rooted(SamplingSettings settings) => settings with
    {
        DataPath = Path.GetFullPath(settings.DataPath),
        WorkDirectory = null,
        Model = settings.Model with
        {
            ModelDirectory = Path.GetFullPath(settings.Model.ModelDirectory),
            TokenizerPath = Path.GetFullPath(settings.Model.TokenizerPath),
            AdapterDirectory = settings.Model.AdapterDirectory is { } adapter ? Path.GetFullPath(adapter) : null,
            ImageDirectory = Path.GetFullPath(settings.Model.ImageDirectory),
            Template = File.Exists(settings.Model.Template) ? Path.GetFullPath(settings.Model.Template) : settings.Model.Template,
        },
    };

    private static (Data.ReadOutcome<SamplePrompt> Prompts, string DataHash, JobFacts Facts) Read(SamplingSettings settings)
    {
        var dataHash = FileHash.OfFile(settings.DataPath);
        return (PromptReader.Read(settings.DataPath, settings.ReadOptions()), dataHash, SamplingFacts.Of(settings, dataHash));
    }

    /// <summary>Follows the job to its end.</summary>
    private async Task<SamplingStatus> RunAsync(
        SamplingRequest request, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        var job = cluster.GetGrain<ISamplingGrain>(JobKey(request.WorkDirectory));
        try
        {
            await CallAsync(() => StartAsync(job, request), cancellationToken);
            return await FollowAsync(job, request, progress, cancellationToken);
        }
        finally
        {
            await CloseAsync(job);
        }
    }

    private async Task<SamplingStatus> FollowAsync(
        ISamplingGrain job, SamplingRequest request, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        var known = new SamplingStatus(RunPhase.None, 0, 0, 0, 0, 0, 0, 0, [], null);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var status = await CallAsync(() => job.WatchAsync(known.DoneBlocks, known.Phase), cancellationToken);
            known = status;
            if (status.TotalBlocks > 0)
            {
                progress?.Report(new SamplingProgress(status.Phase, status.Completions, status.FoundCompletions, status.TotalCompletions, status.Tokens));
            }

            switch (status)
            {
                case { Phase: RunPhase.Completed }:
                    return status;
                case { Failure: { Kind: FailureKind.UserInput } failure }:
                    throw new UserInputException(failure.Message);
                case { Failure: { } failure }:
                    throw new RunFailedException(failure);
                case { Phase: RunPhase.None }:
                    // The job and what it had persisted are gone with a silo; its work directory is not.
                    await CallAsync(() => StartAsync(job, request), cancellationToken);
                    break;
                default:
                    break;
            }
        }
    }

    private static async Task<bool> StartAsync(ISamplingGrain job, SamplingRequest request)
    {
        await job.StartAsync(request);
        return true;
    }

    private static async Task CloseAsync(ISamplingGrain job)
    {
        try
        {
            await job.CloseAsync();
        }
        catch (Exception exception) when (SiloLoss.Is(exception))
        {
            // The job died with its silo.
        }
    }

    /// <summary>Makes a call again while silos die and others take over.</summary>
    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call().WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (SiloLoss.Is(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (_time.GetElapsedTime(begin) >= Patience)
                {
                    throw new RunFailedException(new Failure(FailureKind.Coordinator, $"the job does not answer: {exception.Message}; the same command goes on with it"), exception);
                }

                await Task.Delay(RetryPeriod, _time, cancellationToken);
            }
        }
    }
}
