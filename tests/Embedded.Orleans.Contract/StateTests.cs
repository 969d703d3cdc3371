using Orleans.Storage;

namespace NSft.Embedded.Orleans.Contract;

public abstract class StateTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : StateTests(hasTable: false);

    public sealed class OverTable() : StateTests(hasTable: true)
    {
        [Fact]
        public async Task State_Written_SurvivesTheDeathOfItsGrainsSilo()
        {
            await using TestCluster cluster = await StartAsync(2);
            IStateGrain grain = cluster.On(cluster.AddressOf(1), client => client.GetGrain<IStateGrain>("a"));
            await grain.Increment();
            RequestContext.Clear();
            await cluster.KillAsync(1);
            Assert.Equal(1, await Eventually.Succeeds(grain.Count, "a new activation of the grain"));
        }
    }

    [Fact]
    public async Task State_Written_SurvivesDeactivation()
    {
        await using TestCluster cluster = await StartAsync();
        IStateGrain grain = cluster.Client.GetGrain<IStateGrain>("a");
        Assert.False(await grain.Exists());
        Assert.Equal(0, await grain.Count());
        string? first = await grain.Increment();
        string? second = await grain.Increment();
        Assert.NotNull(first);
        Assert.NotEqual(first, second);
        Assert.Null(await grain.OtherEtag());
        Guid key = await grain.ActivationKey();
        await grain.End();
        Assert.Equal(2, await grain.Count());
        Assert.NotEqual(key, await grain.ActivationKey());
        Assert.True(await grain.Exists());
    }

    [Fact]
    public async Task State_ChangedButNotWritten_IsNotStored()
    {
        await using TestCluster cluster = await StartAsync();
        IStateGrain grain = cluster.Client.GetGrain<IStateGrain>("a");
        await grain.Increment();
        await grain.ChangeWithoutWriting(50);
        Assert.Equal(1, await grain.Reread());
    }

    [Fact]
    public async Task State_Cleared_IsGone()
    {
        await using TestCluster cluster = await StartAsync();
        IStateGrain grain = cluster.Client.GetGrain<IStateGrain>("a");
        await grain.Increment();
        await grain.Forget();
        Assert.False(await grain.Exists());
        Assert.Equal(0, await grain.Count());
        await grain.Increment();
        Assert.Equal(1, await grain.Reread());
    }

    [Fact]
    public async Task Write_WithAnOldEtag_Throws_AndEndsTheActivation()
    {
        await using TestCluster cluster = await StartAsync();
        IFencedGrain first = cluster.Client.GetGrain<IFencedGrain>("first");
        IFencedGrain second = cluster.Client.GetGrain<IFencedGrain>("second");
        await first.Load();
        await second.Load();
        string? stored = await first.Write();
        Guid key = await second.ActivationKey();
        InconsistentStateException error = await Assert.ThrowsAsync<InconsistentStateException>(second.Write);
        Assert.Equal(stored, error.StoredEtag);
        Assert.NotEqual(key, await second.ActivationKey());
        Assert.Equal(stored, await second.Load());
        Assert.NotEqual(stored, await second.Write());
    }

    [Fact]
    public async Task Store_ThatIsMissing_IsNamed()
    {
        await using TestCluster cluster = await StartAsync();
        Exception error = await Assert.ThrowsAnyAsync<Exception>(cluster.Client.GetGrain<IUnstoredGrain>("a").Nothing);
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }
}
