namespace NSft.Model.Tests;

/// <summary>A folder of one test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Root = Directory.CreateTempSubdirectory("nsft-model-").FullName;
    }

    public string Root { get; }

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public string WriteText(string name, string text)
    {
        string path = At(name);
        File.WriteAllText(path, text);
        return path;
    }

    public string WriteBytes(string name, byte[] bytes)
    {
        string path = At(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
