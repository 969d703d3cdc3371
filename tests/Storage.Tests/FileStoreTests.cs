using System.Diagnostics;

namespace NSft.Storage.Tests;

public sealed class FileStoreTests : ObjectStoreContract
{
    private IObjectStore? _store;

    protected override IObjectStore Store => _store ??= new ObjectStores(new StorageOptions()).Open(StoreAddress.Parse(Path.Combine(Local, "store")));

    [Fact]
    public async Task Writes_WhenDone_LeaveNothingBeside()
    {
        await Store.WriteAsync("a/b", Bytes("one"), WriteCondition.Any, Token);
        await Store.AppendAsync("a/log", Bytes("1\n"), 0, Token);
        await Store.UploadAsync("a/c", WriteLocal("in", 100), WriteCondition.IfAbsent, null, Token);
        Assert.Equal(["b", "c", "log"], Directory.EnumerateFiles(Path.Combine(Local, "store", "a")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_AppenderDiedInTheMiddle_DoesNotSeeTheHalfLine()
    {
        await Store.AppendAsync("log", Bytes("whole\n"), 0, Token);
        DieWhileAppending("log", before: 6, after: 12, "hal");

        Assert.Equal("whole\n", Text((await Store.ReadAsync("log", Token))!.Content));
        Assert.Equal(13, await Store.AppendAsync("log", Bytes("again!\n"), 6, Token));
        Assert.Equal(["log"], Directory.EnumerateFiles(Path.Combine(Local, "store")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Find_AppenderDiedAfterTheLine_KeepsIt()
    {
        await Store.AppendAsync("log", Bytes("whole\n"), 0, Token);
        DieWhileAppending("log", before: 6, after: 12, "second");
        Assert.Equal(12, (await Store.FindAsync("log", Token))!.Bytes);
    }

    [Fact]
    public async Task Write_WriterDiedInTheMiddle_IsCleanedUpAndNeverListed()
    {
        await Store.WriteAsync("a", Bytes("old"), WriteCondition.Any, Token);
        string path = Path.Combine(Local, "store", "a");
        await File.WriteAllTextAsync($"{path}.{Guid.NewGuid():N}.tmp", "ne", Token);
        await File.WriteAllBytesAsync(path + ".nsft-lock", new byte[16], Token);

        Assert.Equal(["a"], await Store.ListAsync(string.Empty, Token).Select(facts => facts.Name).ToListAsync(Token));
        Assert.Equal("old", Text((await Store.ReadAsync("a", Token))!.Content));
        await Store.WriteAsync("a", Bytes("new"), WriteCondition.Any, Token);
        Assert.Equal([path], Directory.EnumerateFiles(Path.Combine(Local, "store")));
    }

    [Fact]
    public async Task Write_AnotherProcessHoldsTheLock_Waits()
    {
        Directory.CreateDirectory(Path.Combine(Local, "store"));
        string locked = Path.Combine(Local, "store", "a.nsft-lock");
        using Process holder = Process.Start(new ProcessStartInfo("flock", [locked, "sh", "-c", "echo held; read line; rm \"$0\"", locked])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(Token));

        Task<ObjectFacts> write = Store.WriteAsync("a", Bytes("one"), WriteCondition.Any, Token);
        Assert.Null(await Store.ListAsync(string.Empty, Token).FirstOrDefaultAsync(Token));
        Assert.False(write.IsCompleted);
        await holder.StandardInput.WriteLineAsync("go");
        await holder.StandardInput.FlushAsync(Token);
        await write;
        await holder.WaitForExitAsync(Token);
        Assert.Equal("one", Text((await Store.ReadAsync("a", Token))!.Content));
    }

    // What a process leaves that was killed between taking the lock and giving it back.
    private void DieWhileAppending(string name, long before, long after, string written)
    {
        string path = Path.Combine(Local, "store", name);
        File.AppendAllText(path, written);
        File.WriteAllBytes(path + ".nsft-lock", [.. BitConverter.GetBytes(before), .. BitConverter.GetBytes(after)]);
    }
}
