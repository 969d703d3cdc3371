using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Client.Output;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Training;

namespace NSft.Client.Iteration;

/// <summary>What the rounds of a folder depend on; an iteration goes on only with the options that it began with.</summary>
internal static class IterationRecord
{
    private const string FileName = "iterate.json";
    private const string LockName = "lock";
    private const int ShownLength = 16;

    private static readonly JsonSerializerOptions Format = new(ConsoleOutput.Json) { WriteIndented = true };

    /// <summary>Keeps other commands away while this one works in a folder.</summary>
    /// <returns>Gives the folder free when disposed.</returns>
    /// <exception cref="UserInputException">Another command works there.</exception>
    public static IDisposable Lock(string folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"--out {folder}: cannot be used ({error.Message}); wait for the other command that works there, or name another folder", error);
        }
    }

    /// <summary>Compares with the record of the folder, or writes one where the folder is new.</summary>
    /// <exception cref="UserInputException">The folder holds something else, or an iteration with other options: names the first.</exception>
    public static void Ensure(IterationSettings settings)
    {
        SortedDictionary<string, string> facts = Facts(settings);
        string path = Path.Combine(settings.Output, FileName);
        if (!File.Exists(path))
        {
            if (Directory.Exists(settings.Output) && Directory.EnumerateFileSystemEntries(settings.Output).Any())
            {
                throw new UserInputException($"--out {settings.Output}: the folder is not empty and holds no iteration; name another");
            }

            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(facts, Format));
            return;
        }

        SortedDictionary<string, string> there = Read(path);
        foreach (string name in facts.Keys.Union(there.Keys).Order(StringComparer.Ordinal))
        {
            string here = facts.GetValueOrDefault(name, "not given");
            string before = there.GetValueOrDefault(name, "not given");
            if (here != before)
            {
                throw new UserInputException($"--out {settings.Output}: holds an iteration with other options: {name} was {before} and is {here}; give the same, or name another folder");
            }
        }
    }

    private static SortedDictionary<string, string> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllBytes(path)) ?? throw new JsonException("it holds nothing");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read ({error.Message}); name another folder with --out", error);
        }
    }

    private static SortedDictionary<string, string> Facts(IterationSettings settings)
    {
        SortedDictionary<string, string> facts = new(StringComparer.Ordinal)
        {
            ["--from"] = settings.IsFromBase ? "base" : "previous",
            ["--pairs-per-prompt"] = Text(settings.PairsPerPrompt),
            ["--data"] = Named(settings.Sampling.DataPath),
            ["--model"] = Named(settings.Sampling.Model.ModelDirectory),
            ["--tokenizer"] = Named(settings.Sampling.Model.TokenizerPath),
            ["--images"] = Path.GetFullPath(settings.Sampling.Model.ImageDirectory),
            ["--n"] = Text(settings.Sampling.SampleCount),
            ["--temperature"] = Text(settings.Sampling.Temperature),
            ["--top-p"] = Text(settings.Sampling.TopP),
            ["--top-k"] = Text(settings.Sampling.TopK),
            ["--seed"] = Text(settings.Sampling.Seed),
            ["--max-new-tokens"] = Text(settings.Sampling.Model.MaxNewTokens),
            ["--batch-size"] = Text(settings.Sampling.Model.BatchSize),
            ["--noise-step"] = settings.Sampling.Model.NoiseStep is int step ? Text(step) : "not given",
            ["--strip-suffix"] = settings.Sampling.StripSuffix ? "given" : "not given",
            ["--lexicon"] = File.Exists(settings.Lexicon) ? Named(settings.Lexicon) : settings.Lexicon,
            ["--codebook"] = settings.Construction.CodebookPath is string codebook ? Named(codebook) : "not given",
            ["--turns"] = Text(settings.Turns.TurnCount),
            ["--chair"] = settings.Benchmarks.Chair is string chair ? Named(chair) : "not given",
            ["--pope"] = settings.Benchmarks.Pope.Count == 0 ? "not given" : string.Join(", ", settings.Benchmarks.Pope.Select(Named)),
        };

        // What is left of the training's options: places are different in every round, or named above.
        string[] places = ["modelDirectory", "tokenizerPath", "dataPath", "correctivePath", "imageDirectory", "strict"];
        foreach ((string name, JsonNode? value) in JsonNode.Parse(TrainingOptionsJson.Write(settings.Training))!.AsObject().Where(option => !places.Contains(option.Key)))
        {
            facts["training " + name] = value?.ToJsonString() ?? "not given";
        }

        return facts;
    }

    private static string Named(string path) =>
        $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(path))} ({FileHash.OfModel(path)[..ShownLength]})";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
