using NSft.Grains.Hosting.Settings;

namespace NSft.Grains.Tests.Hosting.Settings;

public sealed class ConnectionStringsTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", null)]
    [InlineData("AccountName=a;AccountKey=c2VjcmV0", null)]
    [InlineData("TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=sv=1&sig=x", null)]
    [InlineData("AccountName=a;AccountKey=not base64", "Base64")]
    [InlineData("AccountName=a", "no account and key")]
    [InlineData("c2VjcmV0", "no connection string")]
    [InlineData(" ", "not set")]
    [InlineData(null, "not set")]
    public void AzureProblem_OfAText_IsNamed(string? text, string? problem) => Check(problem, ConnectionStrings.AzureProblem(text));

    [Theory]
    [InlineData("redis:6379", null)]
    [InlineData("redis:6379,other:6379,password=x,ssl=true", null)]
    [InlineData("redis://redis:6379", "scheme")]
    [InlineData("password=x", "names no server")]
    [InlineData("", "not set")]
    public void RedisProblem_OfAText_IsNamed(string text, string? problem) => Check(problem, ConnectionStrings.RedisProblem(text));

    [Theory]
    [InlineData("AccountName=a;AccountKey=SECRET;BlobEndpoint=http://h/a?sv=1&sig=SECRET", "AccountName=a;AccountKey=***;BlobEndpoint=http://h/a?***")]
    [InlineData("SECRET", "***")]
    [InlineData("SECRET==;AccountName=a", "***;AccountName=a")]
    [InlineData("SharedAccessSignature=sv=1&sig=SECRET", "SharedAccessSignature=***")]
    public void MaskAzure_OfAText_ShowsNoSecret(string text, string shown) => Assert.Equal(shown, ConnectionStrings.MaskAzure(text));

    [Theory]
    [InlineData("h:1,h2:1,password=SECRET,ssl=true", "h:1,h2:1,password=***,ssl=true")]
    [InlineData("h:1,password=SE,CRET", "h:1,password=***,***")]
    [InlineData("h:1,password=SE;CRET", "h:1,password=***")]
    [InlineData("user:SECRET@h:1", "***@h:1")]
    public void MaskRedis_OfAText_ShowsNoSecret(string text, string shown) => Assert.Equal(shown, ConnectionStrings.MaskRedis(text));

    private static void Check(string? wanted, string? problem)
    {
        Assert.Equal(wanted is null, problem is null);
        Assert.Contains(wanted ?? "", problem ?? "", StringComparison.Ordinal);
    }
}
