using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Grains.Run;

/// <summary>Has the data of a run validated before any worker loads a model.</summary>
internal static class RunDataset
{
    /// <summary>Opens the run's dataset.</summary>
    /// <param name="grains">Reaches the dataset.</param>
    /// <param name="runId">The run.</param>
    /// <param name="optionsJson">The run's training options.</param>
    internal static Task<DatasetReport> OpenAsync(IGrainFactory grains, string runId, string optionsJson)
    {
        var options = TrainingOptionsJson.Read(optionsJson);
        return grains.GetGrain<IDatasetGrain>($"{runId}/data").OpenAsync(new DatasetRequest(
            options.DataPath,
            options.ImageDirectory,
            RequireRejected: options.Objective == ObjectiveKind.Dpo,
            options.Strict,
            Places: [options.ModelDirectory, options.TokenizerPath, options.Template, .. options.CorrectivePath is { } corrective ? [corrective] : Array.Empty<string>()]));
    }
}
