namespace NSft.Grains.Tests.Testing;

/// <summary>A directory of a test, deleted at its end.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("nsft-").FullName;

    internal string At(params string[] parts) => Path.Combine([_path, .. parts]);

    internal string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_path).Select(entry => Path.GetFileName(entry)!).Order()];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
