using System.Globalization;
using NSft.Client.Output;
using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Preferences;
using NSft.Data.Sampling;
using NSft.Evaluation.Running;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Training;
using NSft.Training.Checkpoints;

namespace NSft.Client.Iteration;

/// <summary>
/// Rounds of iterative construction: the newest weights are sampled, samples that differ from the true answers are rejected, what is wrong in
/// them is constructed into corrective turns, and the weights are trained on those.
/// </summary>
/// <param name="settings">What to iterate on.</param>
/// <param name="cluster">Samples, constructs and trains.</param>
internal sealed class IterationRun(IterationSettings settings, LocalCluster cluster)
{
    private string BaseModel => settings.Training.ModelDirectory;

    /// <summary>Runs all rounds; what earlier calls finished is not done again.</summary>
    /// <param name="told">Told of each round as it ends.</param>
    /// <param name="cancellation">Ends after the stage's own rules.</param>
    /// <exception cref="UserInputException">The input cannot be used, or the first round finds nothing to learn.</exception>
    public async Task<IReadOnlyList<RoundResult>> RunAsync(Action<RoundResult> told, CancellationToken cancellation)
    {
        List<RoundResult> rounds = [];
        using IterationEvaluation evaluation = new(settings.Benchmarks);
        if (!settings.Benchmarks.IsEmpty)
        {
            RoundFolder start = new(settings.Output, 0);
            Add(new RoundResult(0, BaseModel) { Scores = await EvaluateAsync(start, BaseModel, evaluation, cancellation) });
        }

        string newest = BaseModel;
        for (int round = 1; round <= settings.Rounds; round++)
        {
            RoundResult result = await RunRoundAsync(new RoundFolder(settings.Output, round), newest, evaluation, cancellation);
            Add(result);
            if (result.Trained is null)
            {
                break;
            }

            newest = result.Model;
        }

        return rounds;

        void Add(RoundResult result)
        {
            rounds.Add(result);
            told(result);
        }
    }

    private async Task<RoundResult> RunRoundAsync(RoundFolder folder, string newest, IterationEvaluation evaluation, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder.Path);
        RoundResult result = new(folder.Round, newest)
        {
            Sampled = await SampleAsync(folder, newest, cancellation),
            Paired = await PairAsync(folder),
        };
        if (result.Paired.Pairs > 0 && settings.Training.Objective == ObjectiveKind.Nsft)
        {
            result = result with { Constructed = await ConstructAsync(folder, cancellation) };
        }

        if (result.Paired.Pairs == 0 || result.Constructed is { Turns: 0 })
        {
            return folder.Round > 1
                ? result
                : throw new UserInputException($"{folder.Completions}: no sample gives anything to learn ({Reasons(result)}); sample with --n, a higher --temperature, or other prompts");
        }

        string start = settings.IsFromBase ? BaseModel : newest;
        return result with
        {
            Model = folder.Model,
            Trained = await TrainAsync(folder, start, cancellation),
            Scores = settings.Benchmarks.IsEmpty ? null : await EvaluateAsync(folder, folder.Model, evaluation, cancellation),
        };
    }

    private static string Reasons(RoundResult result) => result.Paired!.Pairs > 0
        ? "no turns could be constructed"
        : string.Join(", ", result.Paired.Dropped.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Key} {reason.Value}")));

    private Task<SampledStage> SampleAsync(RoundFolder folder, string model, CancellationToken cancellation) =>
        new Stage(folder.Manifest("sample"), [settings.Sampling.DataPath, model], [folder.Completions]).RunAsync(async () =>
        {
            SamplingSettings round = settings.Sampling with
            {
                Model = settings.Sampling.Model with { ModelDirectory = model },
                Seed = settings.Sampling.Seed + (ulong)folder.Round - 1,
                RequireReference = true,
                Workers = settings.Workers,
            };
            SamplingOutcome outcome = await SamplingRun.SampleAsync(cluster.Client, round, folder.Completions, cancellation);
            RowProblemList.Write(outcome.Problems);
            return new SampledStage(outcome.PromptCount, outcome.CompletionCount, outcome.TrueCount, outcome.TokenCount, outcome.Duration.TotalSeconds);
        });

    private Task<PairedStage> PairAsync(RoundFolder folder) =>
        new Stage(folder.Manifest("pair"), [folder.Completions], [folder.Pairs]).RunAsync(() => Task.Run(() =>
        {
            PairTally tally = new();
            IEnumerable<DatasetRecord> records = GroundTruthPairs.Make(CompletionFile.Read(folder.Completions).Rows, settings.PairsPerPrompt, tally)
                .Select(DatasetConversion.FromPair);
            DatasetFormats.ByName("nsft").Write(folder.Pairs, records, new DatasetWriteOptions());
            return new PairedStage(tally.PairCount, tally.Dropped);
        }));

    private Task<ConstructedStage> ConstructAsync(RoundFolder folder, CancellationToken cancellation) =>
        new Stage(folder.Manifest("construct"), [folder.Pairs], [folder.Corrective]).RunAsync(async () =>
        {
            ConstructionOutcome outcome = await ConstructionRun.ConstructAsync(
                cluster, settings.Construction with { DataPath = folder.Pairs }, folder.Corrective, cancellation);
            return new ConstructedStage(outcome.Summary.TurnCount, outcome.Summary.YesShare, outcome.Summary.PairsWithoutErrors);
        });

    private Task<TrainedStage> TrainAsync(RoundFolder folder, string start, CancellationToken cancellation)
    {
        bool isNsft = settings.Training.Objective == ObjectiveKind.Nsft;
        string[] inputs = [folder.Pairs, .. isNsft ? new[] { folder.Corrective } : [], start];
        return new Stage(folder.Manifest("train"), inputs, [folder.Model]).RunAsync(async () =>
        {
            TrainingOptions options = settings.Training with
            {
                ModelDirectory = start,
                DataPath = folder.Pairs,
                CorrectivePath = isNsft ? folder.Corrective : null,
            };
            ElasticOptions elastic = settings.CheckpointEvery == 0 ? new ElasticOptions() : new ElasticOptions(
                CheckpointDirectory: Path.GetFullPath(folder.Checkpoints),
                CheckpointEvery: settings.CheckpointEvery,
                Resume: HasCheckpoint(folder.Checkpoints));
            RunOutcome outcome = await TrainingRun.TrainAsync(cluster, options, folder.Model, settings.Workers, elastic, cancellation);
            TokenizerCopy.WriteFile(options.TokenizerPath, folder.Model);
            RunRecordFile.Write(outcome, options, settings.Workers);
            if (Directory.Exists(folder.Checkpoints))
            {
                Directory.Delete(folder.Checkpoints, recursive: true);
            }

            return new TrainedStage(
                outcome.CommittedSteps, outcome.Steps[0].Loss, outcome.Steps[^1].Loss, outcome.WeightsHash, outcome.Duration.TotalSeconds);
        });
    }

    private Task<IterationScores> EvaluateAsync(RoundFolder folder, string model, IterationEvaluation evaluation, CancellationToken cancellation)
    {
        AnswerOptions options = settings.Sampling.Model with { ModelDirectory = model, NoiseStep = null, BatchSize = AnswerOptions.DefaultBatchSize };
        string[] asked = [.. settings.Benchmarks.Pope, .. settings.Benchmarks.Chair is string chair ? new[] { chair } : []];
        Directory.CreateDirectory(folder.Path);
        return new Stage(folder.Manifest("evaluate"), [.. asked, model], []).RunAsync(() =>
            evaluation.EvaluateAsync(folder.Round == 0 ? "the base model" : string.Create(CultureInfo.InvariantCulture, $"round {folder.Round}"), options, cancellation));
    }

    private static bool HasCheckpoint(string folder) =>
        Directory.Exists(folder) && new FolderCheckpointStore(folder).FindNewestWhole(null).Newest is not null;
}
