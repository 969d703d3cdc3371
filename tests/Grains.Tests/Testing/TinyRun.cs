using NSft.Model.Images;
using NSft.Tests;
using NSft.Training;

namespace NSft.Grains.Tests.Testing;

/// <summary>A run of the tiny LLaVA fixture in a directory of its own.</summary>
internal sealed class TinyRun : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    internal static string Fixture(params string[] parts) => RepositoryPaths.At(["tests", "fixtures", "llava-tiny", .. parts]);

    internal string At(params string[] parts) => _root.At(parts);

    internal string[] Entries() => _root.Entries();

    /// <summary>A directory that exists.</summary>
    internal string Make(string name) => Directory.CreateDirectory(At(name)).FullName;

    public void Dispose() => _root.Dispose();

    /// <summary>Options of a short supervised run over five rows.</summary>
    internal TrainingOptions Options()
    {
        File.WriteAllText(
            At("rows.json"),
            """
            [
            {"id":"a","image":"0.png","question":"What is it?","chosen":"A red circle.","rejected":"A blue square."},
            {"id":"b","image":"1.png","question":"Describe the image.","chosen":"Two stars on the left.","rejected":"A moon."},
            {"id":"c","image":"2.png","question":"How many?","chosen":"3","rejected":"five"},
            {"id":"d","image":"3.jpg","question":"What color?","chosen":"It is green.","rejected":"It is red."},
            {"id":"e","image":"4.jpg","question":"Is there a cross?","chosen":"No.","rejected":"Yes."}
            ]
            """);
        return new TrainingOptions
        {
            ModelDirectory = Fixture("model"),
            TokenizerPath = Fixture("tokenizer.model"),
            DataPath = At("rows.json"),
            ImageDirectory = Fixture("images"),
            Template = "scenes",
            ImageMode = ImageMode.Pad,
            Objective = ObjectiveKind.Sft,
            GlobalBatch = 3,
            ShardCount = 2,
            Steps = 3,
            LearningRate = 1e-3,
            WarmupSteps = 0,
        };
    }
}
