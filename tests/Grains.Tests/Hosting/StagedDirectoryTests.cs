using NSft.Collectives;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Hosting;

public sealed class StagedDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    [Fact]
    public void Publish_NothingThere_AppearsWhole()
    {
        var final = _root.At("out");
        using (var staged = StagedDirectory.Create(final))
        {
            File.WriteAllText(Path.Combine(staged.Path, "model.bin"), "new");
            Assert.False(Directory.Exists(final));
            staged.Publish();
        }

        Assert.Equal("new", File.ReadAllText(Path.Combine(final, "model.bin")));
        Assert.Equal(["out"], _root.Entries());
    }

    [Fact]
    public void Publish_OverAnOlderResult_ReplacesItsFilesAndKeepsOthers()
    {
        var final = _root.At("out");
        Directory.CreateDirectory(Path.Combine(final, "sub"));
        File.WriteAllText(Path.Combine(final, "model.bin"), "old");
        File.WriteAllText(Path.Combine(final, "notes.txt"), "mine");
        using (var staged = StagedDirectory.Create(final))
        {
            Directory.CreateDirectory(Path.Combine(staged.Path, "sub"));
            File.WriteAllText(Path.Combine(staged.Path, "sub", "part.bin"), "new");
            File.WriteAllText(Path.Combine(staged.Path, "model.bin"), "new");
            staged.Publish();
        }

        Assert.Equal("new", File.ReadAllText(Path.Combine(final, "model.bin")));
        Assert.Equal("new", File.ReadAllText(Path.Combine(final, "sub", "part.bin")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(final, "notes.txt")));
        Assert.Equal(["out"], _root.Entries());
    }

    [Fact]
    public void Dispose_NotPublished_LeavesNothing()
    {
        using (var staged = StagedDirectory.Create(_root.At("out")))
        {
            File.WriteAllText(Path.Combine(staged.Path, "model.bin"), "half");
        }

        Assert.Empty(_root.Entries());
    }

    [Fact]
    public void Create_OverAFile_Throws()
    {
        File.WriteAllText(_root.At("out"), "a file");

        Assert.Throws<UserInputException>(() => StagedDirectory.Create(_root.At("out")));
    }

    public void Dispose() => _root.Dispose();
}
