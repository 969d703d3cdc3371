using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using NSft.Collectives;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.Settings;

namespace NSft.Grains.Tests.Hosting.Settings;

public sealed class NSftConfigurationTests
{
    private const string Account = "Storage:ConnectionString=AccountName=a;AccountKey=c2VjcmV0";

    [Theory]
    [InlineData(ClusteringProvider.Localhost, GrainStateProvider.Memory)]
    [InlineData(ClusteringProvider.Directory, GrainStateProvider.Directory, "Silo:StateDirectory=/nowhere/state")]
    [InlineData(ClusteringProvider.Directory, GrainStateProvider.AzBlob, "Silo:StateDirectory=/nowhere/state", "State:Provider=azblob", Account)]
    [InlineData(ClusteringProvider.Azure, GrainStateProvider.AzBlob, "Clustering:Provider=azure", Account)]
    [InlineData(ClusteringProvider.Redis, GrainStateProvider.AzBlob, "Clustering:Provider=redis", "Clustering:ConnectionString=redis:6379", Account)]
    [InlineData(ClusteringProvider.Localhost, GrainStateProvider.AzBlob, "State:Provider=azblob", Account)]
    public void Read_Usable_IsResolved(ClusteringProvider clustering, GrainStateProvider state, params string[] settings)
    {
        var configuration = Read(settings);
        configuration.Ensure();
        Assert.Equal((clustering, state), (configuration.ClusteringProvider, configuration.StateProvider));
    }

    [Theory]
    [InlineData("Clustering:Provider cannot be read: give localhost, directory, azure, redis", "Clustering:Provider=zookeeper")]
    [InlineData("Clustering:ProbePeriod cannot be read: give a time", "Clustering:ProbePeriod=soon")]
    [InlineData("Silo:SiloPort cannot be read: give a number", "Silo:SiloPort=http")]
    [InlineData("Silo:Cuda cannot be read: give true or false", "Silo:Cuda=maybe")]
    [InlineData("Provdier", "Clustering:Provdier=redis")]
    [InlineData("Clustering:ConnectionString is not set", "Clustering:Provider=redis", Account)]
    [InlineData("Clustering:ConnectionString is an address", "Clustering:Provider=redis", "Clustering:ConnectionString=redis://h:1", Account)]
    [InlineData("no account is configured", "Clustering:Provider=redis", "Clustering:ConnectionString=h:1")]
    [InlineData("no account is configured", "State:Provider=azblob")]
    [InlineData("State:Provider is memory", "State:Provider=memory", "Silo:StateDirectory=/nowhere/state")]
    [InlineData("State:Provider is memory", "State:Provider=memory", "Clustering:Provider=redis", "Clustering:ConnectionString=h:1")]
    [InlineData("State:Provider is directory", "State:Provider=directory")]
    [InlineData("Silo:StateDirectory names none", "Clustering:Provider=directory")]
    [InlineData("Silo:StateDirectory is set", "Clustering:Provider=redis", "Clustering:ConnectionString=h:1", "Silo:StateDirectory=/nowhere/state", Account)]
    [InlineData("State:Container cannot be 'Nope'", "State:Container=Nope")]
    [InlineData("Clustering:AccountUri and Clustering:ConnectionString", "Clustering:Provider=azure", "Clustering:AccountUri=https://a", "Clustering:ConnectionString=AccountName=a;AccountKey=c2VjcmV0", Account)]
    [InlineData("Clustering:AccountUri is for Azure", "Clustering:Provider=redis", "Clustering:AccountUri=https://a", Account)]
    [InlineData("Clustering:MissedProbes cannot be 0", "Clustering:MissedProbes=0")]
    [InlineData("Clustering:DeathVotes cannot be 11", "Clustering:DeathVotes=11")]
    [InlineData("Clustering:Table cannot be 'a-b'", "Clustering:Table=a-b")]
    [InlineData("Clustering:ServiceId is empty", "Clustering:ServiceId= ")]
    [InlineData("Silo:AdvertisedAddress cannot be 'pod'", "Silo:AdvertisedAddress=pod")]
    [InlineData("Storage:ConnectionString has an AccountKey that is not Base64", "Storage:ConnectionString=AccountName=a;AccountKey=?")]
    public void Read_Unusable_IsNamed(string problem, params string[] settings)
    {
        var error = Assert.Throws<UserInputException>(() => Read(settings).Ensure());
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("Clustering:Provider=azure", "AzureTableStorage", Account)]
    [InlineData("Clustering:Provider=azure", "AzureTableStorage", Account, "Clustering:AccountUri=https://a.table.core.windows.net")]
    [InlineData("Clustering:Provider=redis", "Redis", Account, "Clustering:ConnectionString=redis:6379")]
    public void Silo_OfSeveralMachines_IsRefusedByTheEmbeddedEngine_WithTheReason(string provider, string type, params string[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var error = Assert.Throws<UserInputException>(() => SiloHost.Add(builder, Read([provider, .. settings])));
        Assert.Contains("Clustering:Provider", error.Message, StringComparison.Ordinal);
        Assert.Contains(type, error.Message, StringComparison.Ordinal);
        Assert.Contains("NSftPackages=nuget", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Silo_WithOrleansOwnSection_IsRefused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Orleans:Clustering:ProviderType", "Redis")]);
        Assert.Contains("Orleans:Clustering", Assert.Throws<UserInputException>(() => SiloHost.Add(builder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_Resolved_ShowNoSecret()
    {
        var line = ResolvedSettings.Of(Read("Clustering:Provider=redis", "Clustering:ConnectionString=h:1,password=SECRET", "Storage:ConnectionString=AccountName=a;AccountKey=SECRET"));
        Assert.DoesNotContain("SECRET", line, StringComparison.Ordinal);
        Assert.Contains("Clustering:Provider=Redis", line, StringComparison.Ordinal);
        Assert.Contains("State:Provider=AzBlob", line, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString=AccountName=a;AccountKey=***", line, StringComparison.Ordinal);
    }

    private static NSftConfiguration Read(params string[] settings) => NSftConfiguration.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
        .Build());
}
