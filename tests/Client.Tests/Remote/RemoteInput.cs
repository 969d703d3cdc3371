using NSft.Storage;
using NSft.Tests.Servers;

namespace NSft.Client.Tests.Remote;

/// <summary>An Azurite with the tiny model, its images and a few rows.</summary>
public sealed class RemoteInput : IAsyncLifetime
{
    internal const string Rows = """
        [
        {"id":"a","image":"0.png","question":"What is it?","chosen":"A red circle."},
        {"id":"b","image":"1.png","question":"Describe the image.","chosen":"Two stars on the left."},
        {"id":"c","image":"2.png","question":"How many?","chosen":"3"},
        {"id":"d","image":"3.jpg","question":"What color?","chosen":"It is green."}
        ]
        """;

    private AzuriteServer? _azurite;

    internal string ConnectionString => _azurite!.ConnectionString;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteServer.StartAsync();
        await UploadAsync("models/tiny", Fixture.Model);
        await UploadAsync("data/images", Fixture.Tiny("images"));
        await Open("models").UploadAsync("tokenizer.model", Fixture.Tokenizer, WriteCondition.Any, null, Cancellation);
        await Open("data").WriteAsync("rows.json", System.Text.Encoding.UTF8.GetBytes(Rows), WriteCondition.Any, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    internal IObjectStore Open(string place) =>
        new ObjectStores(new StorageOptions { ConnectionString = ConnectionString }).Open(StoreAddress.Parse($"azblob:{place}"));

    private async Task UploadAsync(string place, string folder)
    {
        IObjectStore store = Open(place);
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            await store.UploadAsync(Path.GetFileName(file), file, WriteCondition.Any, null, Cancellation);
        }
    }
}
