using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using NSft.Collectives;
using NSft.Tests.Servers;

namespace NSft.Storage.Tests;

public sealed class StorageProbeTests(AzuriteFixture azurite) : IDisposable
{
    private readonly DirectoryInfo _local = Directory.CreateTempSubdirectory("nsft-probe-");
    private readonly StoreAddress _address = StoreAddress.Parse($"azblob:{AzuriteFixture.NewContainer()}/runs");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _local.Delete(recursive: true);

    [Fact]
    public async Task Writable_MissingContainer_IsMadeAndLeftEmpty()
    {
        await StorageProbe.EnsureWritableAsync(azurite.Options, _address, Token);
        Assert.Empty(await new ObjectStores(azurite.Options).Open(_address).ListAsync(string.Empty, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Writable_SignatureOfAnotherContainer_NamesTheContainer()
    {
        await ToldAsync(StorageOptionsOf(Signed(BlobContainerSasPermissions.All, hours: 1)), _address, "the container", "may not make it");
    }

    [Fact]
    public async Task Writable_ReadOnlySignature_IsNamed()
    {
        await StorageProbe.EnsureWritableAsync(azurite.Options, _address, Token);
        await ToldAsync(StorageOptionsOf(Signed(BlobContainerSasPermissions.Read, hours: 1)), _address, "refused the credentials (AuthorizationPermissionMismatch)");
    }

    [Fact]
    public async Task Writable_SignatureThatExpired_IsNamed()
    {
        await StorageProbe.EnsureWritableAsync(azurite.Options, _address, Token);
        await ToldAsync(StorageOptionsOf(Signed(BlobContainerSasPermissions.All, hours: -1)), _address, "refused the credentials", "when a signature expires");
    }

    [Fact]
    public async Task Writable_WrongKey_IsNamedWithoutIt()
    {
        string wrong = Convert.ToBase64String(new byte[64]);
        StorageOptions options = new() { ConnectionString = azurite.Server.ConnectionString.Replace(azurite.Server.AccountKey, wrong, StringComparison.Ordinal) };
        UserInputException told = await ToldAsync(options, _address, "refused the credentials (AuthorizationFailure)");
        Assert.DoesNotContain(wrong, told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writable_NobodyThere_IsToldSoon()
    {
        AzuriteServer gone = await AzuriteServer.StartAsync();
        await gone.DisposeAsync();
        StorageOptions options = new() { ConnectionString = gone.ConnectionString, RetryLimit = TimeSpan.FromSeconds(1) };
        await ToldAsync(options, _address, $"127.0.0.1:{gone.Port} did not serve it for", "Connection refused");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=SECRET!;EndpointSuffix=core.windows.net")]
    [InlineData("BlobEndpoint=not an address;SharedAccessSignature=SECRET!")]
    public async Task Writable_BrokenConnectionString_IsNamedWithoutIt(string text)
    {
        UserInputException told = await ToldAsync(new StorageOptions { ConnectionString = text }, _address, "Storage:ConnectionString is no connection string");
        Assert.DoesNotContain("SECRET", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writable_NoAccount_SaysWhatToSet() =>
        await ToldAsync(new StorageOptions(), _address, "no account is configured", "Storage:ConnectionString", "Storage:AccountUri");

    [Fact]
    public async Task Writable_FolderThatIsAFile_IsNamed()
    {
        string file = Path.Combine(_local.FullName, "file");
        await File.WriteAllTextAsync(file, "x", Token);
        await ToldAsync(new StorageOptions(), StoreAddress.Parse(Path.Combine(file, "runs")), file);
    }

    [Fact]
    public async Task Readable_AbsentOrThere_IsKnown()
    {
        await Assert.ThrowsAsync<UserInputException>(() => StorageProbe.EnsureReadableAsync(azurite.Options, _address, Token));
        await new ObjectStores(azurite.Options).Open(_address).WriteAsync("a/pairs.json", new byte[1], WriteCondition.Any, Token);
        await StorageProbe.EnsureReadableAsync(azurite.Options, _address, Token);
        await StorageProbe.EnsureReadableAsync(azurite.Options, _address.At("a/pairs.json"), Token);
        UserInputException told = await Assert.ThrowsAsync<UserInputException>(() => StorageProbe.EnsureReadableAsync(azurite.Options, _address.At("b"), Token));
        Assert.Contains(_address.At("b").ToString(), told.Message, StringComparison.Ordinal);
    }

    private static async Task<UserInputException> ToldAsync(StorageOptions options, StoreAddress address, params string[] parts)
    {
        UserInputException told = await Assert.ThrowsAsync<UserInputException>(() => StorageProbe.EnsureWritableAsync(options, address, Token));
        Assert.All(parts, part => Assert.Contains(part, told.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', told.Message);
        return told;
    }

    private string Signed(BlobContainerSasPermissions permissions, int hours) =>
        new BlobContainerClient(azurite.Server.ConnectionString, _address.Container).GenerateSasUri(permissions, DateTimeOffset.UtcNow.AddHours(hours)).Query.TrimStart('?');

    private StorageOptions StorageOptionsOf(string signature) =>
        new() { ConnectionString = $"BlobEndpoint={azurite.Server.AccountUri.ToString().TrimEnd('/')};SharedAccessSignature={signature}" };
}
