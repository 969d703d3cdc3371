using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace NSft.Storage.Tests;

public sealed class BlobJournalTests(AzuriteFixture azurite)
{
    private readonly StoreAddress _address = StoreAddress.Parse($"azblob:{AzuriteFixture.NewContainer()}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_MoreThanBlocksAreKept_JoinsThem()
    {
        IObjectStore store = new ObjectStores(azurite.Options).Open(_address);
        StringBuilder expected = new();
        long size = 0;
        for (int line = 0; line < 300; line++)
        {
            string text = $"line {line}\n";
            expected.Append(text);
            size = await store.AppendAsync("log", Encoding.ASCII.GetBytes(text), size, Token);
        }

        Assert.Equal(expected.ToString(), Encoding.ASCII.GetString((await store.ReadAsync("log", Token))!.Content.Span));
        BlockList blocks = await new BlockBlobClient(azurite.Server.ConnectionString, _address.Container, "log").GetBlockListAsync(cancellationToken: Token);
        Assert.Equal(300 - 256 + 1, blocks.CommittedBlocks.Count());
    }

    [Fact]
    public async Task Append_TwoWritersInTurn_ContinueEachOthersLines()
    {
        IObjectStore first = new ObjectStores(azurite.Options).Open(_address);
        IObjectStore second = new ObjectStores(azurite.Options).Open(_address);
        long size = 0;
        foreach (IObjectStore writer in new[] { first, second, first, first, second })
        {
            size = await writer.AppendAsync("log", "x"u8.ToArray(), size, Token);
        }

        Assert.Equal(5, size);
        await Assert.ThrowsAsync<StoreConflictException>(() => first.AppendAsync("log", "x"u8.ToArray(), 4, Token));
    }
}
