using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Grains.Hosting;

/// <summary>Starts training runs on a cluster and follows them.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="time">Clock of durations; null for the system's.</param>
public sealed class RunClient(IClusterClient cluster, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Trains and publishes the result: <c>model.safetensors</c> with its configuration, and <c>steps.jsonl</c>.</summary>
    /// <param name="options">What to train.</param>
    /// <param name="outputDirectory">Where the result goes; it appears when the run is complete, and not at all when it fails.</param>
    /// <param name="workers">Number of workers; the result does not depend on it.</param>
    /// <param name="progress">Told of phases and of each committed step; null for nobody.</param>
    /// <param name="elastic">How the run lives through changes of its workers; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The completed run.</returns>
    /// <exception cref="UserInputException">The input cannot be used.</exception>
    /// <exception cref="RunFailedException">The run failed for another reason.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public async Task<RunOutcome> TrainAsync(
        TrainingOptions options,
        string outputDirectory,
        int workers,
        IProgress<RunProgress>? progress = null,
        ElasticOptions? elastic = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outputDirectory);
        TrainingOptionsValidator.EnsureValid(options);
        if (workers < 1)
        {
            throw new UserInputException($"--workers cannot be {workers}: give at least 1");
        }

        var begin = _time.GetTimestamp();
        var runId = $"run-{Guid.NewGuid():N}";
        using var staged = StagedDirectory.Create(outputDirectory);
        var steps = new List<StepRecord>();
        var request = new RunRequest(TrainingOptionsJson.Write(options), workers, staged.Path, Elastic: elastic);
        var status = await RunAsync(runId, request, steps, progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Ensure(status);
        staged.Publish();
        return new RunOutcome(
            runId,
            outputDirectory,
            steps,
            status.WeightsHash!,
            status.View!,
            status.RedoneSteps,
            status.DroppedMessages,
            status.HeldBytes,
            _time.GetElapsedTime(begin));
    }

    private async Task<RunStatus> RunAsync(
        string runId,
        RunRequest request,
        List<StepRecord> steps,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            var run = cluster.GetGrain<IRunGrain>(runId);
            await run.StartAsync(request);
            await using var log = new StepLogWriter(Path.Combine(request.StagingDirectory, StepLogWriter.FileName));
            return await new RunObserver(run, log, progress).FollowAsync(steps, cancellationToken);
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            throw new RunFailedException(new Failure(FailureKind.Coordinator, $"the run was lost: {exception.Message}"), exception);
        }
    }

    private static void Ensure(RunStatus status)
    {
        switch (status)
        {
            case { Phase: RunPhase.Completed }:
                return;
            case { Phase: RunPhase.Cancelled }:
                throw new OperationCanceledException("The run was cancelled.");
            case { Failure: { Kind: FailureKind.UserInput } failure }:
                throw new UserInputException(failure.Message);
            default:
                throw new RunFailedException(status.Failure ?? new Failure(FailureKind.Coordinator, "the run was lost with its coordinator"));
        }
    }
}
