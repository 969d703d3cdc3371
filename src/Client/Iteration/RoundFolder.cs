using System.Globalization;

namespace NSft.Client.Iteration;

/// <summary>Where a round keeps what it makes.</summary>
/// <param name="Output">Folder of the iteration.</param>
/// <param name="Round">Number of the round, from 1; 0 for the base model's evaluation.</param>
internal readonly record struct RoundFolder(string Output, int Round)
{
    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(Output, string.Create(CultureInfo.InvariantCulture, $"round-{Round}"));

    /// <summary>Sampled completions.</summary>
    public string Completions => At("completions.jsonl");

    /// <summary>Preference rows made of them.</summary>
    public string Pairs => At("pairs.jsonl");

    /// <summary>Corrective conversations.</summary>
    public string Corrective => At("corrective.json");

    /// <summary>The trained model.</summary>
    public string Model => At("model");

    /// <summary>Checkpoints of a training that goes on.</summary>
    public string Checkpoints => At("checkpoints");

    /// <summary>The record that a stage is done.</summary>
    public string Manifest(string stage) => At(stage + ".stage.json");

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
