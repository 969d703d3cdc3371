using NSft.Collectives;

namespace NSft.Storage.Tests;

public sealed class ScratchFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nsft-scratch-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Make_AnotherProcessLives_LeavesItsFolders()
    {
        using ScratchFolder first = new(_root);
        string kept = first.Make();

        using ScratchFolder second = new(_root);
        string own = second.Make();

        Assert.NotEqual(kept, own);
        Assert.True(Directory.Exists(kept));
    }

    [Fact]
    public void Make_AProcessWasKilled_RemovesWhatItLeft()
    {
        string left = Path.Combine(_root, "scratch-killed");
        Directory.CreateDirectory(Path.Combine(left, "part"));
        File.WriteAllText(left + ".lock", "");

        using ScratchFolder scratch = new(_root);
        scratch.Make();

        Assert.False(Directory.Exists(left));
        Assert.False(File.Exists(left + ".lock"));
    }

    [Fact]
    public void Dispose_FoldersAreLeft_RemovesThem()
    {
        using (ScratchFolder scratch = new(_root))
        {
            File.WriteAllText(Path.Combine(scratch.Make(), "file"), "");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Make_NoPlace_NamesItAndTheSetting()
    {
        string blocked = Path.Combine(_root, "file");
        File.WriteAllText(blocked, "");
        using ScratchFolder scratch = new(blocked);

        UserInputException error = Assert.Throws<UserInputException>(scratch.Make);

        Assert.StartsWith(blocked, error.Message, StringComparison.Ordinal);
        Assert.Contains("Cache:Directory", error.Message, StringComparison.Ordinal);
    }
}
