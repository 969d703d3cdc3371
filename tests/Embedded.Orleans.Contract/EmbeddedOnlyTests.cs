using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>What only the embedded engine promises; skipped against the real packages.</summary>
public sealed class EmbeddedOnlyTests
{
    public static bool IsEmbedded => typeof(Grain).Assembly.GetName().Name == "Orleans";

    [Fact(Skip = "The real engine runs on many machines.", SkipUnless = nameof(IsEmbedded))]
    public async Task Address_OfAnotherMachine_IsRefused()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(20_990, 20_991);
            silo.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Parse("10.0.0.1"));
        });
        using IHost host = builder.Build();
        OrleansConfigurationException error = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("one machine", error.Message, StringComparison.Ordinal);
        Assert.Contains("NSftPackages=nuget", error.Message, StringComparison.Ordinal);
    }

    [Theory(Skip = "The real engine has them.", SkipUnless = nameof(IsEmbedded))]
    [InlineData(true)]
    [InlineData(false)]
    public void ClusteringProvider_OfConfiguration_IsRefused(bool isSilo)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Orleans:Clustering:ProviderType", "Redis")]);
        OrleansConfigurationException error = Assert.Throws<OrleansConfigurationException>(
            () => isSilo ? builder.UseOrleans(_ => { }) : builder.UseOrleansClient(_ => { }));
        Assert.Contains("NSftPackages=nuget", error.Message, StringComparison.Ordinal);
    }

    [Fact(Skip = "The real engine does not know.", SkipUnless = nameof(IsEmbedded))]
    public async Task Host_DisposedWithoutStop_IsADeadSilo()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(2);
        SiloAddress dead = cluster.AddressOf(1);
        cluster.Silos[1].Dispose();
        Dictionary<SiloAddress, SiloStatus> hosts = await cluster.Client.GetGrain<IManagementGrain>(0).GetHosts();
        Assert.Equal(SiloStatus.Dead, hosts[dead]);
    }

    [Fact(Skip = "The real engine keeps the state in grains.", SkipUnless = nameof(IsEmbedded))]
    public async Task StoreInMemory_OfSeveralProcesses_IsRefused()
    {
        OrleansConfigurationException error = await Assert.ThrowsAsync<OrleansConfigurationException>(
            () => TestCluster.StartAsync(1, silo => silo.AddMemoryGrainStorage("forgetful"), hasTable: true));
        Assert.Contains("forgetful", error.Message, StringComparison.Ordinal);
    }

    [Fact(Skip = "The real engine ends the process.", SkipUnless = nameof(IsEmbedded))]
    public async Task Silo_ThatFindsItselfDead_StopsItsHost()
    {
        await using TestCluster cluster = await TestCluster.StartAsync(2, hasTable: true);
        IHostApplicationLifetime lifetime = cluster.Silos[1].Services.GetRequiredService<IHostApplicationLifetime>();
        TaskCompletionSource stops = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStopping.Register(stops.SetResult);
        await cluster.Silos[0].Services.GetRequiredService<IClusterMembershipService>().TryKill(cluster.AddressOf(1));
        await stops.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await cluster.StopAsync(1);
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Silos[1].Services.GetRequiredService<IClusterClient>().GetGrain<IProbeGrain>("a").Nothing());
    }

    [Fact(Skip = "The real package is what the list is made of.", SkipUnless = nameof(IsEmbedded))]
    public async Task PublicApi_IsASubsetOfTheRealOne()
    {
        string[] own = await ListAsync(typeof(Grain));
        Assert.Contains("Orleans.Grain : abstract class", own);
        Assert.Empty(own.Except(Real("orleans.txt")));
    }

    [Fact(Skip = "The real package is what the list is made of.", SkipUnless = nameof(IsEmbedded))]
    public async Task PublicApi_OfBlobStorage_IsASubsetOfTheRealOne()
    {
        string[] own = await ListAsync(typeof(AzureBlobStorageOptions));
        Assert.Contains("Orleans.Hosting.AzureBlobSiloBuilderExtensions : static class", own);
        Assert.Empty(own.Except(Real("orleans-azure.txt")));
    }

    private static string[] Real(string list) => File.ReadAllLines(NSft.Tests.RepositoryPaths.At("tests", "api", list));

    private static async Task<string[]> ListAsync(Type one)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "apidump.dll");
        System.Diagnostics.ProcessStartInfo start = new("dotnet", [tool, one.Assembly.Location]) { RedirectStandardOutput = true };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        string listed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return listed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
