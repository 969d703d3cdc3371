using NSft.Training;

namespace NSft.Grains.Hosting;

/// <summary>Appends committed steps to a file, a line of JSON each, as they come.</summary>
internal sealed class StepLogWriter : IAsyncDisposable
{
    /// <summary>Name of the file in a result directory.</summary>
    internal const string FileName = "steps.jsonl";

    private readonly StreamWriter _writer;

    /// <summary>Creates the file.</summary>
    internal StepLogWriter(string path) => _writer = new StreamWriter(path) { NewLine = "\n", AutoFlush = true };

    internal Task WriteAsync(StepRecord step) => _writer.WriteLineAsync(step.ToJson());

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
