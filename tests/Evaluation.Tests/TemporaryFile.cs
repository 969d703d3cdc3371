namespace NSft.Evaluation.Tests;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text = "")
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"nsft-{Guid.NewGuid():N}.tmp");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
