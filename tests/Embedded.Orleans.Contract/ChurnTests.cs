using Microsoft.Extensions.Hosting;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>Silos and activations come and go while many callers call.</summary>
public abstract class ChurnTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : ChurnTests(hasTable: false);

    public sealed class OverTable() : ChurnTests(hasTable: true);

    [Fact]
    public async Task Callers_DuringStopsAndJoins_SeeOneActivationAndOnlyRejections()
    {
        await using TestCluster cluster = await StartAsync(2);
        Task callers = Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(() => CallAsync(cluster, caller), TestContext.Current.CancellationToken)));
        for (int round = 0; round == 0 || !callers.IsCompleted; round++)
        {
            using IHost third = cluster.BuildSilo(2);
            await third.StartAsync(TestContext.Current.CancellationToken);
            SiloAddress address = third.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
            IClusterClient local = third.Services.GetRequiredService<IClusterClient>();
            Assert.Equal(address, await local.GetGrain<IRelayGrain>(1000 + round).WhereAmI());
            await third.StopAsync(TestContext.Current.CancellationToken);
        }

        await callers;
    }

    private static async Task CallAsync(TestCluster cluster, int caller)
    {
        for (int i = caller; i < 400; i++)
        {
            try
            {
                Assert.Equal(1, await cluster.Client.GetGrain<ISingleGrain>(i % 20).Touch(end: i % 7 == 0));
            }
            catch (OrleansMessageRejectionException)
            {
                // The silo left between the look-up and the call.
            }
        }
    }
}
