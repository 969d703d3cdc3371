using NSft.Client.Output;
using NSft.Client.Quickstart.Report;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Model.Images;
using NSft.Training;

namespace NSft.Client.Quickstart;

/// <summary>
/// The paper's comparison on the sample: evaluate the model as it came, construct corrective conversations, then train the same start
/// three ways and evaluate each.
/// </summary>
internal sealed class QuickstartRun(SampleWorld world, RunShape shape, string output)
{
    private const string CorrectiveFile = "corrective.json";

    /// <summary>Where the page goes.</summary>
    public string ReportPath => Path.Combine(output, "report.html");

    /// <summary>Runs all of it and writes the page.</summary>
    public async Task<QuickstartResult> RunAsync(CancellationToken cancellation)
    {
        long start = TimeProvider.System.GetTimestamp();
        using SampleEvaluation evaluation = new(world, shape);
        List<MethodResult> rows = [await evaluation.EvaluateAsync(QuickstartMethods.Baseline, "baseline", world.Model, cancellation)];
        await using LocalCluster cluster = await LocalCluster.StartAsync(shape.WorkerCount, cancellation);
        ConstructionOutcome construction = await ConstructionRun.ConstructAsync(
            cluster, new ConstructionSettings { DataPath = world.Preferences }, Path.Combine(output, CorrectiveFile), cancellation);
        foreach (TrainedMethod method in QuickstartSettings.Methods)
        {
            rows.Add(await TrainAndEvaluateAsync(method, cluster, evaluation, cancellation));
        }

        QuickstartResult result = new(
            rows, construction, shape, TimeProvider.System.GetElapsedTime(start));
        await File.WriteAllTextAsync(ReportPath, ReportPage.Render(result, evaluation.Truth, world.Images), cancellation);
        return result;
    }

    private async Task<MethodResult> TrainAndEvaluateAsync(
        TrainedMethod method, LocalCluster cluster, SampleEvaluation evaluation, CancellationToken cancellation)
    {
        string folder = Path.Combine(output, method.Method);
        TrainingOptions options = Options(method);
        long? peak = await MemoryProbe.MeasureAsync(options, output, cancellation);
        RunOutcome outcome = await TrainingRun.TrainAsync(cluster, options, folder, shape.WorkerCount, new ElasticOptions(), cancellation);
        TokenizerCopy.WriteFile(world.Tokenizer, folder);
        MethodResult row = await evaluation.EvaluateAsync(method.Method, method.Title, folder, cancellation);
        return row with
        {
            LearningRate = method.LearningRate,
            PeakExtraBytes = peak,
            TrainingTime = outcome.Duration,
            Steps = [.. outcome.Steps.Select((step, index) => new TrainingPoint(index + 1, step.Loss))],
        };
    }

    private TrainingOptions Options(TrainedMethod method) => new()
    {
        ModelDirectory = world.Model,
        TokenizerPath = world.Tokenizer,
        DataPath = world.Preferences,
        CorrectivePath = method.Objective == ObjectiveKind.Nsft ? Path.Combine(output, CorrectiveFile) : null,
        ImageDirectory = world.Images,
        Template = QuickstartSettings.Template,
        ImageMode = ImageMode.Pad,
        Objective = method.Objective,
        GlobalBatch = shape.GlobalBatch,
        Epochs = shape.Epochs,
        LearningRate = method.LearningRate,
    };
}
