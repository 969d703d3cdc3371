
namespace NSft.Embedded.Orleans.Contract;

public abstract class CallTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : CallTests(hasTable: false);

    public sealed class OverTable() : CallTests(hasTable: true);

    [Fact]
    public async Task Call_FromClient_ReturnsResultsOfAllKinds()
    {
        await using TestCluster cluster = await StartAsync();
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        Assert.Equal("hello", await grain.Echo("hello"));
        Assert.Equal(5, await grain.Add(2, 3));
        await grain.Nothing();
        await grain.Silent();
    }

    [Fact]
    public async Task Call_ManyAtOnce_RunOneTurnAtATime()
    {
        await using TestCluster cluster = await StartAsync();
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        int[] counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => grain.CountCalls()));
        Assert.Equal(Enumerable.Range(1, 200), counts.Order());
    }

    [Theory]
    [InlineData("argument", typeof(ArgumentException), "bad value (Parameter 'kind')")]
    [InlineData("nested", typeof(InvalidOperationException), "outer")]
    [InlineData("late", typeof(NotSupportedException), "late")]
    public async Task Fail_InGrain_ReachesCallerWithTypeAndMessage(string kind, Type type, string message)
    {
        await using TestCluster cluster = await StartAsync(2);
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Client.GetGrain<IProbeGrain>("a").Fail(kind));
        Assert.IsType(type, error);
        Assert.Equal(message, error.Message);
        if (kind == "nested")
        {
            Assert.Equal("inner", Assert.IsType<FormatException>(error.InnerException).Message);
            Assert.Contains(nameof(ProbeGrain.Fail), error.StackTrace, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fail_WithSerializableException_KeepsItsMembers()
    {
        await using TestCluster cluster = await StartAsync();
        ProbeException error = await Assert.ThrowsAsync<ProbeException>(() => cluster.Client.GetGrain<IProbeGrain>("a").Fail("own"));
        Assert.Equal("own message", error.Message);
        Assert.Equal(7, error.Code);
    }
}
