using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Remote;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.LocalCopies;
using NSft.Training;
using NSft.Training.Plans;
using NSft.Training.Samples;

namespace NSft.Client.Ledgers;

/// <summary>The ledger of a run of a cluster, with the plan it is checked against.</summary>
internal sealed class LedgerReading
{
    private readonly TrainingPlan _plan;
    private readonly TrainingData _data;

    private LedgerReading(string runId, IReadOnlyList<LedgerStep> steps, TrainingPlan plan, TrainingData data)
    {
        RunId = runId;
        Steps = steps;
        _plan = plan;
        _data = data;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>Committed steps in order.</summary>
    public IReadOnlyList<LedgerStep> Steps { get; }

    /// <summary>Reads a run's views and the data it trains on.</summary>
    public static async Task<LedgerReading> ReadAsync(ClusterConnection connection, string runId, CancellationToken cancellation)
    {
        IRunGrain run = connection.Run(runId);
        SubmittedRun submitted = await SubmittedRun.ReadAsync(RunPlaces.Of(connection).Open(runId), cancellation).ConfigureAwait(false);
        TrainingOptions options = TrainingOptionsJson.Read(submitted.OptionsJson);
        using LocalInputs inputs = await ConsoleStores.InputsAsync(options, InputScope.Checking, cancellation).ConfigureAwait(false);
        TrainingData data = inputs.LoadData();
        TrainingPlan plan = new([.. data.Samples.Select(sample => sample.Shape)], PlanSettings.From(options));

        // Views are read after the number of steps: a view that began in between starts after those steps, or computed them again.
        RunStatus status = await connection.CallAsync(() => run.GetStatusAsync(int.MaxValue), cancellation).ConfigureAwait(false);
        ViewMessage[] views = await connection.CallAsync(() => run.GetViewsAsync(), cancellation).ConfigureAwait(false);
        return new LedgerReading(runId, [.. RunLedger.Read(views, plan, status.CommittedSteps)], plan, data);
    }

    /// <summary>A sample's id in the data.</summary>
    public string IdOf(int sample) => _data.Samples[sample].Id;

    /// <summary>Whether every sample is there exactly once per epoch.</summary>
    /// <param name="committedSteps">Steps that must be there; null for those that are.</param>
    public LedgerCheck Check(int? committedSteps = null) => LedgerCheck.Of(Steps, _plan, committedSteps ?? Steps.Count);

    /// <summary>A check's outcome in one line.</summary>
    public static string Verdict(LedgerCheck check) => check.IsRight
        ? string.Create(CultureInfo.InvariantCulture, $"{check.Samples} samples in {check.Steps} steps: {(check.WholeEpochs == 0 ? "no sample twice" : $"every sample exactly once in each of {check.WholeEpochs} epochs, none twice in what follows")}")
        : $"the ledger is wrong: {string.Join("; ", check.Problems)}";
}
