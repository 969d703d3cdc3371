using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Client.Remote;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.LocalCopies;
using NSft.Storage;
using NSft.Training;
using NSft.Training.Samples;

namespace NSft.Client.Clusters;

/// <summary>One training run as the command line asks for it.</summary>
/// <param name="Options">What to train.</param>
/// <param name="Output">Where the result goes.</param>
/// <param name="Workers">Workers wanted.</param>
/// <param name="Elastic">How the run lives through changes of its workers.</param>
/// <param name="IsJson">Whether the result is told as JSON.</param>
internal sealed record TrainJob(TrainingOptions Options, string Output, int Workers, ElasticOptions Elastic, bool IsJson)
{
    private string FullOutput => StoreAddress.IsBlob(Output) ? Output : Path.GetFullPath(Output);

    /// <summary>Trains on a cluster in this process.</summary>
    public async Task<int> RunHereAsync(CancellationToken cancellation)
    {
        if (StoreAddress.IsBlob(Output))
        {
            throw new UserInputException($"--out {Output}: a run in this process writes to a folder; give one and copy it with nsft store cp, or add --detach or {StateDirectory.OptionName}");
        }

        using LocalInputs inputs = await ConsoleStores.InputsAsync(Options, InputScope.Training, cancellation);
        TrainingData data = await LoadDataAsync(inputs, cancellation);
        RunOutcome outcome = await TrainingRun.TrainAsync(inputs.Options, Output, Workers, Elastic, cancellation);
        TokenizerCopy.WriteFile(inputs.Options.TokenizerPath, Output);
        RunRecordFile.Write(outcome, Options, Workers);
        Write(outcome, data);
        return ExitCodes.Success;
    }

    /// <summary>Trains on the silos of a cluster.</summary>
    public async Task<int> RunOnClusterAsync(StateChoice state, bool isDetached, CancellationToken cancellation)
    {
        if (state.Network is not null)
        {
            NetworkPlaces.Ensure(Options, Output, Elastic);
        }

        using LocalInputs inputs = await ConsoleStores.InputsAsync(Options, InputScope.Checking, cancellation);
        await LoadDataAsync(inputs, cancellation);
        await using ClusterConnection connection = await ClusterConnection.OpenAsync(state, cancellation);
        string runId = await RunSubmission.SubmitAsync(connection, Options, Output, Workers, Elastic, cancellation, inputs.Options.TokenizerPath);
        string known = Elastic.Name ?? runId;
        if (isDetached)
        {
            WriteDetached(runId, known);
            return ExitCodes.Success;
        }

        try
        {
            RunStatus status = await RunDisplay.FollowAsync(connection, runId, known, cancellation);
            WriteEnd(runId, status);
            return RunFollower.ExitCodeOf(status);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"nsft: detached; {runId} goes on: nsft watch {known} follows it, nsft cancel {known} ends it");
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>Reads the data once here, so that what is wrong with it is said at once and in this terminal.</summary>
    private async Task<TrainingData> LoadDataAsync(LocalInputs inputs, CancellationToken cancellation)
    {
        if (Elastic.Resume)
        {
            await ResumeCheck.EnsureAsync(Elastic.CheckpointDirectory!, Options, cancellation);
        }

        TrainingData data = inputs.LoadData();
        RowProblemList.Write(data.Problems);
        return data;
    }

    private void WriteDetached(string runId, string known)
    {
        if (IsJson)
        {
            ConsoleOutput.WriteJson(new { Run = runId, Elastic.Name, Out = FullOutput });
            return;
        }

        ConsoleOutput.WriteLine($"{runId} goes on without this console: nsft watch {known} follows it, {FullOutput} gets the result");
    }

    private void WriteEnd(string runId, RunStatus status)
    {
        string target = FullOutput;
        if (IsJson)
        {
            ConsoleOutput.WriteJson(RunJson.Of(new RunSummary(runId, Elastic.Name, status.Phase, status.CommittedSteps, status.TotalSteps, status.StartedAt, target), status));
            return;
        }

        ConsoleOutput.WriteLine(RunFollower.EndLine(runId, status, target));
    }

    private void Write(RunOutcome outcome, TrainingData data)
    {
        StepRecord last = outcome.Steps[^1];
        if (IsJson)
        {
            ConsoleOutput.WriteJson(new
            {
                Out = outcome.OutputDirectory,
                Steps = outcome.CommittedSteps,
                last.Loss,
                last.GradNorm,
                Workers,
                outcome.WeightsHash,
                outcome.RedoneSteps,
                Rows = data.Samples.Count,
                SkippedRows = data.Problems.Count,
                Seconds = outcome.Duration.TotalSeconds,
            });
            return;
        }

        ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outcome.OutputDirectory}: {outcome.CommittedSteps} steps on {Workers} workers in {outcome.Duration.TotalSeconds:0.0} s, last loss {last.Loss:0.0000}, weights {outcome.WeightsHash[..16]}"));
    }
}
