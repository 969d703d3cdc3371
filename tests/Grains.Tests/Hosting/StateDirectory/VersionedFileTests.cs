using System.Text;
using NSft.Grains.Hosting.StateDirectory;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Hosting.StateDirectory;

public sealed class VersionedFileTests
{
    private const int Writers = 6;
    private const int WritesEach = 25;

    [Fact]
    public async Task Writers_SideBySide_LoseNothing()
    {
        using var directory = new TemporaryDirectory();
        var file = new VersionedFile(directory.At("table"), "rows", TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < WritesEach; i++)
            {
                Add(file, $"{writer}.{i}");
            }
        })));
        var marks = Marks(file.ReadNewest());
        Assert.Equal(Writers * WritesEach, marks.Length);
        Assert.Equal(marks.Length, marks.Distinct().Count());
        Assert.DoesNotContain(directory.Entries(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Writer_WhoseSuccessorsAreForgotten_DoesNotCount()
    {
        using var directory = new TemporaryDirectory();
        var file = new VersionedFile(directory.At("table"), "rows", TimeProvider.System);
        var first = file.TryPublish(null, [1]);
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(file.TryPublish(file.ReadNewest(), [2]));
        }

        Assert.Null(file.TryPublish(first, [3]));
        Assert.Equal([2], file.ReadNewest()!.Body);
        Assert.Equal(101, file.ReadNewest()!.Number);
        Assert.True(Directory.GetFiles(directory.At("table")).Length < 40);
    }

    [Fact]
    public void Publish_FromOldContent_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        var file = new VersionedFile(directory.At("table"), "rows", TimeProvider.System);
        Assert.Null(file.ReadNewest());
        var first = file.TryPublish(null, [1]);
        Assert.Null(file.TryPublish(null, [9]));
        var second = file.TryPublish(first, [2]);
        Assert.NotNull(second);
        Assert.Null(file.TryPublish(first, [9]));
        Assert.Equal(second.Id, file.ReadNewest()!.Id);
    }

    [Fact]
    public void Files_WithNamesThatBeginAlike_DoNotMix()
    {
        using var directory = new TemporaryDirectory();
        var file = new VersionedFile(directory.At("table"), "run", TimeProvider.System);
        var other = new VersionedFile(directory.At("table"), "run-a", TimeProvider.System);
        other.TryPublish(other.TryPublish(null, [1]), [2]);
        Assert.Null(file.ReadNewest());
        file.TryPublish(null, [7]);
        Assert.Equal([2], other.ReadNewest()!.Body);
        Assert.Equal([7], file.ReadNewest()!.Body);
    }

    private static string[] Marks(FileVersion? version) => version is null ? [] : Encoding.ASCII.GetString(version.Body).Split(' ');

    private static void Add(VersionedFile file, string mark)
    {
        while (true)
        {
            var newest = file.ReadNewest();
            var marks = Marks(newest);
            if (marks.Contains(mark) || file.TryPublish(newest, Encoding.ASCII.GetBytes(string.Join(' ', [.. marks, mark]))) is not null)
            {
                return;
            }
        }
    }
}
