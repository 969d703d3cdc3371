namespace NSft.Client.Tests;

/// <summary>Settings of file and environment as a user meets them.</summary>
public sealed class ConfigurationTests
{
    private static readonly Dictionary<string, string> Redis = new()
    {
        ["NSFT_STATE"] = "",
        ["Clustering__Provider"] = "redis",
        ["Clustering__ConnectionString"] = "127.0.0.1:1,password=SECRET",
    };

    [Theory]
    [InlineData("runs", "NSftPackages=nuget")]
    [InlineData("up", "--state")]
    public async Task Verb_OnAClusterOfSeveralMachines_SaysWhatIsMissing(string verb, string part)
    {
        ConsoleResult result = await ConsoleProcess.RunAsync([verb], Redis);
        result.IsUserError("Clustering:Provider", part);
        Assert.DoesNotContain("SECRET", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_OverridesTheConfiguredCluster()
    {
        using TemporaryFolder folder = new();
        (await ConsoleProcess.RunAsync(["runs", "--state", folder.At("state")], Redis)).IsUserError("no silo runs");
    }

    [Theory]
    [InlineData(null, "no such file")]
    [InlineData("{ \"Clustering\": ", "is no JSON file of settings")]
    [InlineData("{ \"State\": { \"Provider\": \"azblob\" } }", "Storage:ConnectionString")]
    [InlineData("{ \"State\": { \"Container\": \"Nope\" } }", "State:Container cannot be 'Nope'")]
    [InlineData("{ \"State\": { \"Contianer\": \"x\" } }", "its settings are Container, Provider")]
    public async Task Silo_WithAFileThatCannotBeUsed_SaysWhy_AndLeavesNoRecord(string? content, string part)
    {
        using TemporaryFolder folder = new();
        string file = folder.At("settings.json");
        if (content is not null)
        {
            folder.Write("settings.json", content);
        }

        (await ConsoleProcess.RunAsync("silo", "--state", folder.At("state"), "--config", file)).IsUserError(part);
        Assert.False(Directory.Exists(Path.Combine(folder.At("state"), "processes")));
    }
}
