using System.Globalization;
using NSft.Collectives.Files;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;

namespace NSft.Grains.Sampling;

/// <summary>What the completions of a job depend on.</summary>
internal static class SamplingFacts
{
    private const int ShownLength = 16;

    /// <summary>The facts of a job, under the names of the options. Reads data, tokenizer and weights for their hashes.</summary>
    /// <param name="settings">The job.</param>
    /// <param name="dataHash">SHA-256 of the data file.</param>
    internal static JobFacts Of(SamplingSettings settings, string dataHash)
    {
        var model = settings.Model;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--data"] = Named(settings.DataPath, dataHash),
            ["--model"] = Named(model.ModelDirectory, FileHash.OfModel(model.ModelDirectory)),
            ["--tokenizer"] = Named(model.TokenizerPath, FileHash.OfFile(model.TokenizerPath)),
            ["--images"] = model.ImageDirectory,
            ["--template"] = model.Template,
            ["--image-mode"] = model.ImageMode,
            ["--dtype"] = model.Dtype,
            ["--device"] = model.Device,
            ["--n"] = Text(settings.SampleCount),
            ["--temperature"] = Text(settings.Temperature),
            ["--top-p"] = Text(settings.TopP),
            ["--top-k"] = Text(settings.TopK),
            ["--seed"] = Text(settings.Seed),
            ["--max-new-tokens"] = Text(model.MaxNewTokens),
            ["--batch-size"] = Text(model.BatchSize),
            ["--strip-suffix"] = settings.StripSuffix ? "given" : "not given",
        };
        if (model.AdapterDirectory is { } adapter)
        {
            values.Add("--adapter", Named(adapter, FileHash.OfModel(adapter)));
        }

        if (model.NoiseStep is { } step)
        {
            values.Add("--noise-step", Text(step));
        }

        return new JobFacts("sample", values);
    }

    private static string Named(string path, string hash) => $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(path))} ({hash[..ShownLength]})";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
