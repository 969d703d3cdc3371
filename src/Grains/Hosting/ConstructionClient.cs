using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Grains.Construction;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Hosting;

/// <summary>Starts construction jobs on a cluster and follows them.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="time">Clock of durations; null for the system's.</param>
public sealed class ConstructionClient(IClusterClient cluster, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Constructs corrective conversations over all silos. The result does not depend on their number.</summary>
    /// <param name="settings">What to construct from.</param>
    /// <param name="outputPath">File to write as LLaVA conversation JSON; it appears whole or not at all. Null to write none.</param>
    /// <param name="progress">Told of phases and blocks; null for nobody.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>The completed job.</returns>
    /// <exception cref="UserInputException">The input cannot be used.</exception>
    /// <exception cref="RunFailedException">The job failed for another reason.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing is written.</exception>
    public async Task<ConstructionOutcome> ConstructAsync(
        ConstructionSettings settings,
        string? outputPath = null,
        IProgress<ConstructionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ConstructionOptionsValidator.Validate(settings.Options);
        var begin = _time.GetTimestamp();
        try
        {
            var job = cluster.GetGrain<IConstructionGrain>($"job-{Guid.NewGuid():N}");
            await job.StartAsync(Request(settings));
            try
            {
                var status = await FollowAsync(job, progress, cancellationToken);
                var conversations = await ReadAsync(job, status.TotalBlocks, cancellationToken);
                return Finish(settings, status, conversations, outputPath, begin);
            }
            finally
            {
                await job.CloseAsync();
            }
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            throw new RunFailedException(new Failure(FailureKind.Coordinator, $"the job was lost: {exception.Message}"), exception);
        }
    }

    private static ConstructionRequest Request(ConstructionSettings settings) => new(
        new DatasetRequest(settings.DataPath, settings.ImageDirectory, RequireRejected: true, settings.Strict),
        settings.Lexicon,
        settings.CodebookPath,
        ConstructionJson.Write(settings.Options));

    private static async Task<ConstructionStatus> FollowAsync(
        IConstructionGrain job,
        IProgress<ConstructionProgress>? progress,
        CancellationToken cancellationToken)
    {
        var known = new ConstructionProgress(RunPhase.None, 0, 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var status = await job.WatchAsync(known.DoneBlocks, known.Phase).WaitAsync(cancellationToken);
            var now = new ConstructionProgress(status.Phase, status.DoneBlocks, status.TotalBlocks);
            if (now != known)
            {
                known = now;
                progress?.Report(now);
            }

            switch (status)
            {
                case { Phase: RunPhase.Completed }:
                    return status;
                case { Failure: { Kind: FailureKind.UserInput } failure }:
                    throw new UserInputException(failure.Message);
                case { Failure: { } failure }:
                    throw new RunFailedException(failure);
                default:
                    break;
            }
        }
    }

    private static async Task<List<CorrectiveConversation>> ReadAsync(IConstructionGrain job, int blocks, CancellationToken cancellationToken)
    {
        var conversations = new List<CorrectiveConversation>();
        for (var block = 0; block < blocks; block++)
        {
            conversations.AddRange(ConstructionJson.ReadConversations(await job.ReadAsync(block).WaitAsync(cancellationToken)));
        }

        return conversations;
    }

    private ConstructionOutcome Finish(
        ConstructionSettings settings,
        ConstructionStatus status,
        List<CorrectiveConversation> conversations,
        string? outputPath,
        long begin)
    {
        var provenance = new ConstructionProvenance(
            RuleConstructor.Name, status.CodebookHash!, status.LexiconHash!, Path.GetFileName(settings.DataPath));
        if (outputPath is not null)
        {
            CorrectiveFile.Write(outputPath, conversations, provenance);
        }

        var summary = ConstructionSummary.Of(conversations) with { UnusableRowCount = status.Problems.Length };
        return new ConstructionOutcome(
            conversations, provenance, summary, status.Problems, status.RetriedBlocks, status.Silos, _time.GetElapsedTime(begin));
    }
}
