using NSft.Collectives;
using NSft.Model.Images;
using NSft.Training;

namespace NSft.Client.Quickstart;

/// <summary>The sample that comes with the checkout: a model, images, preference pairs and questions.</summary>
/// <param name="Directory">Its folder.</param>
internal sealed record SampleWorld(string Directory)
{
    /// <summary>Names the checkout's root; set by the start script.</summary>
    public const string RootVariable = "NSFT_ROOT";

    private static readonly string[] SplitNames = ["random", "popular", "adversarial"];

    /// <summary>The model to align.</summary>
    public string Model => At("model");

    /// <summary>Its tokenizer.</summary>
    public string Tokenizer => At("tokenizer.model");

    /// <summary>All images.</summary>
    public string Images => At("images");

    /// <summary>Preference pairs.</summary>
    public string Preferences => At("preferences.json");

    /// <summary>What is in each image.</summary>
    public string Annotations => At("annotations.json");

    /// <summary>Questions with short answers.</summary>
    public string Vqa => At("vqa.jsonl");

    /// <summary>POPE questions by split.</summary>
    public IReadOnlyDictionary<string, string> Pope => SplitNames.ToDictionary(split => split, split => At($"pope_{split}.jsonl"));

    /// <summary>Finds the sample below the root that the start script names, or above the program.</summary>
    /// <exception cref="UserInputException">It is not there.</exception>
    public static SampleWorld Find()
    {
        string? root = Environment.GetEnvironmentVariable(RootVariable);
        IEnumerable<string> roots = root is not null ? [root] : Ancestors(AppContext.BaseDirectory);
        return roots.Select(folder => new SampleWorld(Path.Combine(folder, "samples", "scenes"))).FirstOrDefault(world => File.Exists(world.Preferences))
            ?? throw new UserInputException(
                $"samples/scenes is not {(root is null ? $"above {AppContext.BaseDirectory}" : $"in {root}")}; set {RootVariable} to the checkout's root");
    }

    /// <summary>Training on all of it, in full by sft: what the verbs that need just some real run begin with.</summary>
    /// <param name="steps">Number of steps.</param>
    public TrainingOptions Training(int steps) => new()
    {
        ModelDirectory = Model,
        TokenizerPath = Tokenizer,
        DataPath = Preferences,
        ImageDirectory = Images,
        Template = QuickstartSettings.Template,
        ImageMode = ImageMode.Pad,
        Objective = ObjectiveKind.Sft,
        Steps = steps,
        Reduction = ReductionKind.Exact,
    };

    private string At(string name) => Path.Combine(Directory, name);

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (DirectoryInfo? current = new(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }
}
