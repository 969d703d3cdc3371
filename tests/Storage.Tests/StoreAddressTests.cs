using NSft.Collectives;

namespace NSft.Storage.Tests;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("azblob:runs", "runs", "")]
    [InlineData("azblob:runs/a/b/", "runs", "a/b")]
    [InlineData("azblob://account.blob.core.windows.net/runs/a", "runs", "a")]
    public void Parse_Blob_ReadsContainerAndPrefix(string text, string container, string prefix)
    {
        StoreAddress address = StoreAddress.Parse(text);
        Assert.Equal((StoreKind.Blob, container, prefix), (address.Kind, address.Container, address.Path));
        Assert.Equal(text.TrimEnd('/'), address.ToString());
        Assert.Equal(prefix.Length == 0 ? "x" : $"{prefix}/x", address.At("x").Path);
    }

    [Theory]
    [InlineData("file:/var/lib/nsft")]
    [InlineData("/var/lib/nsft")]
    public void Parse_Folder_IsAFullPath(string text) => Assert.Equal("/var/lib/nsft", StoreAddress.Parse(text).ToString());

    [Theory]
    [InlineData("azblob:")]
    [InlineData("azblob:Runs/a")]
    [InlineData("azblob:a--b")]
    [InlineData("azblob://account.blob.core.windows.net")]
    public void Parse_NoContainer_IsNamed(string text) => Assert.Contains(text, Assert.Throws<UserInputException>(() => StoreAddress.Parse(text)).Message, StringComparison.Ordinal);
}
