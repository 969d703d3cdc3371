using System.CommandLine;
using NSft.Collectives;
using NSft.Data.Sampling;
using NSft.Evaluation.Running;
using NSft.Grains.Hosting;

namespace NSft.Client.Parsing;

/// <summary>How completions are sampled, on the command line.</summary>
internal sealed class SamplingArguments
{
    private const int DefaultMaxNewTokens = 512;

    private readonly Option<int?> _count = new("--n") { Description = $"Samples of each prompt (default {SamplingSettings.DefaultSampleCount}; 1 with --greedy)" };
    private readonly Option<double?> _temperature = new("--temperature") { Description = $"Temperature (default {SamplingSettings.DefaultTemperature})" };
    private readonly Option<double> _topP = SharedOptions.WithDefault("--top-p", 1.0, "Keep the fewest tokens whose probabilities reach this sum");
    private readonly Option<int> _topK = SharedOptions.Count("--top-k", 0, "Keep the k most probable tokens; 0 keeps all", least: 0);
    private readonly Option<ulong> _seed = SharedOptions.WithDefault("--seed", 1UL, "Seed of samples and noise");
    private readonly Option<int> _maxNewTokens = SharedOptions.Count("--max-new-tokens", DefaultMaxNewTokens, "Longest answer in tokens");
    private readonly Option<bool> _greedy = new("--greedy") { Description = "Take the most probable token instead of sampling" };
    private readonly Option<int?> _noiseStep = new("--noise-step") { Description = "Corrupt images by this step of diffusion noise, 0 to 999; SeVa takes 500 or 800" };
    private readonly Option<int> _batchSize = SharedOptions.Count("--batch-size", AnswerOptions.DefaultBatchSize, "Samples decoded together");
    private readonly Option<bool> _stripSuffix = new("--strip-suffix") { Description = $"Cut \"{PromptReader.ShortAnswerSuffix}\" off the end of questions" };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _count, _temperature, _topP, _topK, _seed, _maxNewTokens, _greedy, _noiseStep, _batchSize, _stripSuffix })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The settings, without limits of where they run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">Which model.</param>
    /// <param name="data">The prompts.</param>
    /// <exception cref="UserInputException">Options contradict each other.</exception>
    public SamplingSettings Read(ParseResult parsed, AnswerOptions model, string data)
    {
        bool isGreedy = parsed.GetValue(_greedy);
        double? temperature = parsed.GetValue(_temperature);
        if (isGreedy && temperature is not null and not 0)
        {
            throw new UserInputException("--greedy and --temperature exclude each other: take the best token, or sample");
        }

        return new SamplingSettings
        {
            Model = model with
            {
                MaxNewTokens = parsed.GetValue(_maxNewTokens),
                BatchSize = parsed.GetValue(_batchSize),
                NoiseStep = parsed.GetValue(_noiseStep),
            },
            DataPath = data,
            SampleCount = parsed.GetValue(_count) ?? (isGreedy ? 1 : SamplingSettings.DefaultSampleCount),
            Temperature = isGreedy ? 0 : temperature ?? SamplingSettings.DefaultTemperature,
            TopP = parsed.GetValue(_topP),
            TopK = parsed.GetValue(_topK),
            Seed = parsed.GetValue(_seed),
            StripSuffix = parsed.GetValue(_stripSuffix),
        };
    }
}
