using NSft.Collectives;

namespace NSft.Storage.Tests;

public sealed class StorageOptionsValidatorTests
{
    public static TheoryData<StorageOptions, string> Wrong => new()
    {
        { new StorageOptions { ConnectionString = " " }, "ConnectionString" },
        { new StorageOptions { ConnectionString = "UseDevelopmentStorage=true", AccountUri = new Uri("https://a.blob.core.windows.net") }, "AccountUri" },
        { new StorageOptions { AccountUri = new Uri("http://a.blob.core.windows.net") }, "AccountUri" },
        { new StorageOptions { RequestTimeout = TimeSpan.FromMilliseconds(999) }, "RequestTimeout" },
        { new StorageOptions { RetryLimit = TimeSpan.FromHours(2) }, "RetryLimit" },
        { new StorageOptions { Concurrency = 65 }, "Concurrency" },
        { new StorageOptions { BlockBytes = 1000 }, "BlockBytes" },
    };

    [Fact]
    public void Problems_Defaults_HasNone() => Assert.Empty(StorageOptionsValidator.Problems(new StorageOptions()));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Problems_OutOfRange_NamesTheSetting(StorageOptions options, string setting)
    {
        Assert.Contains($"Storage:{setting}", Assert.Single(StorageOptionsValidator.Problems(options)), StringComparison.Ordinal);
        Assert.Throws<UserInputException>(() => new ObjectStores(options));
    }
}
