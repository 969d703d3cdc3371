using System.Text.Json;
using Azure.Storage.Blobs;
using NSft.Grains.Run;
using NSft.Tests.Servers;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace NSft.Grains.Tests.Hosting.Settings;

public sealed class BlobStateTests(AzuriteFixture azurite) : GrainStateContract, IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly string _container = $"test-{Guid.NewGuid():N}";
    private readonly List<StateHost> _hosts = [];

    [Fact]
    public async Task Silo_ThatStarts_MakesTheContainer()
    {
        await Host().StartAsync();
        Assert.True(await Container().ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Container_DeletedMeanwhile_IsMadeByTheNextWrite()
    {
        await Host().StartAsync();
        await Container().DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        await (await OneAsync()).WriteStateAsync("run", Run, new GrainState<RunState> { State = new RunState { CommittedSteps = 3 } });
        Assert.Equal(3, (await ReadAsync(await OtherAsync())).State.CommittedSteps);
    }

    [Fact]
    public async Task Blob_OfAGrain_IsReadableJsonUnderTheNameThatOrleansGives()
    {
        await (await OneAsync()).WriteStateAsync("run", GrainId.Create("nsft.run", "run-1"), new GrainState<RunState> { State = new RunState { CommittedSteps = 3 } });
        var stored = await Container().GetBlobClient("run-nsft.run/run-1.json").DownloadContentAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, JsonDocument.Parse(stored.Value.Content).RootElement.GetProperty("CommittedSteps").GetInt32());
    }

    [Fact]
    public async Task Silo_WithAWrongKey_DoesNotStart_AndSaysWhy()
    {
        var wrong = azurite.Options with { ConnectionString = azurite.Options.ConnectionString!.Replace(azurite.Server.AccountKey, Convert.ToBase64String(new byte[64]), StringComparison.Ordinal) };
        using var host = StateHost.InBlobs(wrong, _container);
        var error = await Assert.ThrowsAsync<OrleansException>(host.StartAsync);
        Assert.Contains(_container, error.Message, StringComparison.Ordinal);
        Assert.Contains("AuthorizationFailure", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Hang)]
    [InlineData(Fault.LoseAnswer)]
    public async Task Write_FailsInPassing_IsDoneOnce(Fault fault)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite.Server.AccountUri);
        using var host = HostBehind(proxy);
        await host.StartAsync();
        var state = new GrainState<RunState> { State = new RunState() };
        for (var step = 1; step <= 2; step++)
        {
            var rule = proxy.Add(new FaultRule(fault, "PUT", "nsft.run", times: 2));
            state.State.CommittedSteps = step;
            await host.Storage.WriteStateAsync("run", Run, state);
            var read = await ReadAsync(await OtherAsync());
            Assert.Equal((2, step, state.ETag), (rule.Hits, read.State.CommittedSteps, read.ETag));
            proxy.Clear();
        }
    }

    [Theory]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.CutAnswer)]
    [InlineData(Fault.StallAnswer)]
    public async Task Read_FailsInPassing_IsWhole(Fault fault)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite.Server.AccountUri);
        using var host = HostBehind(proxy);
        await (await OtherAsync()).WriteStateAsync("run", Run, new GrainState<RunState> { State = new RunState { CommittedSteps = 5 } });
        var rule = proxy.Add(new FaultRule(fault, "GET", "nsft.run"));
        Assert.Equal((5, 1), ((await ReadAsync(host.Storage)).State.CommittedSteps, rule.Hits));
    }

    [Fact]
    public async Task Clear_WhoseAnswerIsLost_IsAConflict_AndTheStateIsGone()
    {
        await using var proxy = await FaultProxy.StartAsync(azurite.Server.AccountUri);
        using var host = HostBehind(proxy);
        var state = new GrainState<RunState> { State = new RunState { CommittedSteps = 5 } };
        await host.Storage.WriteStateAsync("run", Run, state);
        proxy.Add(new FaultRule(Fault.LoseAnswer, "DELETE", "nsft.run"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.ClearStateAsync("run", Run, state));
        var read = await ReadAsync(host.Storage);
        Assert.False(read.RecordExists);
        await host.Storage.WriteStateAsync("run", Run, read);
    }

    [Fact]
    public async Task Write_WhoseAnswerIsLost_AndThatAnotherOneFollowed_IsAConflict()
    {
        var faults = new LostAnswers();
        using var host = StateHost.InBlobs(azurite.Options, _container, options => options.AddPolicy(faults, Azure.Core.HttpPipelinePosition.PerRetry));
        var state = new GrainState<RunState> { State = new RunState { CommittedSteps = 1 } };
        await host.Storage.WriteStateAsync("run", Run, state);
        faults.LoseNext(async () =>
        {
            var other = await OtherAsync();
            var read = await ReadAsync(other);
            read.State.CommittedSteps = 77;
            await other.WriteStateAsync("run", Run, read);
        });
        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync("run", Run, state));
        Assert.Equal(77, (await ReadAsync(await OtherAsync())).State.CommittedSteps);
    }

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            host.Dispose();
        }
    }

    private protected override Task<IGrainStorage> OneAsync() => Task.FromResult(Host().Storage);

    private protected override Task<IGrainStorage> OtherAsync() => OneAsync();

    private StateHost HostBehind(FaultProxy proxy) => StateHost.InBlobs(
        azurite.Options with { ConnectionString = azurite.Server.ConnectionStringAt(proxy.Port), RequestTimeout = TimeSpan.FromSeconds(1) }, _container);

    private StateHost Host()
    {
        _hosts.Add(StateHost.InBlobs(azurite.Options, _container));
        return _hosts[^1];
    }

    private BlobContainerClient Container() => new BlobServiceClient(azurite.Options.ConnectionString).GetBlobContainerClient(_container);
}
