using NSft.Collectives;
using NSft.Data.Sampling;
using NSft.Grains.Contracts;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Sampling;

public sealed class SamplingJobTests : IDisposable
{
    private readonly SamplingWorld _world = new();

    [Fact]
    public async Task Sample_WholeJob_LoadsOneModelADeviceAndLetsThemGo()
    {
        var factory = new ScriptedSamplerFactory();
        await using var cluster = await SamplingWorld.StartAsync(2, factory);

        var outcome = await _world.SampleAsync(cluster);

        Assert.Equal(20, outcome.PromptCount);
        Assert.Equal((40, 80, 40), (outcome.CompletionCount, outcome.TokenCount, outcome.NewCount));
        Assert.InRange(factory.OpenedCount, 1, 2);
        Assert.Equal(0, factory.OpenCount);
        Assert.Equal(["completions.jsonl", "prompts.jsonl"], _world.Entries());
        Assert.Equal("Nothing.", CompletionFile.Read(_world.Output).Rows[0].Reference);
    }

    [Fact]
    public async Task Sample_EndedEarly_GoesOnWithWhatIsDone()
    {
        var whole = await SampleUndisturbedAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var batches = 0;
        var first = new ScriptedSamplerFactory
        {
            OnBatch = _ =>
            {
                if (Interlocked.Increment(ref batches) == 5)
                {
                    ending.Cancel();
                }
            },
        };
        await using (var cluster = await SamplingWorld.StartAsync(1, first))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.SampleAsync(cluster, cancellation: ending.Token));
        }

        Assert.False(File.Exists(_world.Output));
        var second = new ScriptedSamplerFactory();
        await using (var cluster = await SamplingWorld.StartAsync(3, second))
        {
            var outcome = await _world.SampleAsync(cluster);

            Assert.True(outcome.NewCount < outcome.CompletionCount);
            Assert.Equal(outcome.NewCount, 2 * second.Answered.Count);
        }

        Assert.Equal(whole, _world.Result());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sample_SiloCrashes_GivesTheSameCompletions(bool isCoordinator)
    {
        var whole = await SampleUndisturbedAsync();
        using var reached = new ManualResetEventSlim();
        using var crashed = new ManualResetEventSlim();
        var batches = 0;
        var factory = new ScriptedSamplerFactory
        {
            OnBatch = _ =>
            {
                if (Interlocked.Increment(ref batches) >= 4)
                {
                    // Not for ever: the silo that crashes waits for its thread.
                    reached.Set();
                    crashed.Wait(TimeSpan.FromSeconds(1));
                }
            },
        };
        await using var cluster = await SamplingWorld.StartAsync(3, factory);
        var sampling = _world.SampleAsync(cluster);
        Assert.True(await Task.Run(() => reached.Wait(TimeSpan.FromSeconds(30))));
        var job = cluster.Client.GetGrain<ISamplingGrain>(SamplingClient.JobKey(_world.Work));
        var coordinator = (await cluster.Client.GetGrain<Orleans.Runtime.IManagementGrain>(0).GetActivationAddress(job))!.ToParsableString();
        var others = (await cluster.Client.GetGrain<IFleetGrain>(FleetKey.Only).GetSilosAsync()).Select(silo => silo.Silo).Where(silo => silo != coordinator);
        var victim = isCoordinator ? coordinator : others.First();
        cluster.CrashSilo(victim);
        crashed.Set();
        var outcome = await sampling;

        Assert.Equal(whole, _world.Result());
        Assert.Equal(20, outcome.PromptCount);
    }

    [Fact]
    public async Task Sample_BatchFailsOnce_IsTriedAgain()
    {
        var whole = await SampleUndisturbedAsync();
        var failures = 0;
        var factory = new ScriptedSamplerFactory
        {
            OnBatch = prompt =>
            {
                if (prompt == "row-5" && Interlocked.Increment(ref failures) == 1)
                {
                    throw new InvalidOperationException("the script says so");
                }
            },
        };
        await using var cluster = await SamplingWorld.StartAsync(2, factory);

        var outcome = await _world.SampleAsync(cluster);

        Assert.Equal(1, outcome.RetriedBlocks);
        Assert.Equal(whole, _world.Result());
    }

    [Fact]
    public async Task Sample_BatchFailsAlways_FailsWithItsReasonAndKeepsTheRest()
    {
        var factory = new ScriptedSamplerFactory { OnBatch = prompt => ThrowIf(prompt == "row-5", new InvalidOperationException("the script says so")) };
        await using var cluster = await SamplingWorld.StartAsync(2, factory);

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => _world.SampleAsync(cluster));

        Assert.Contains("the script says so", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_world.Output));
        Assert.True(Directory.Exists(_world.Work));
        Assert.Equal(0, factory.OpenCount);
    }

    [Fact]
    public async Task Sample_ChangedOptions_AreRefusedByName()
    {
        var factory = new ScriptedSamplerFactory { OnBatch = prompt => ThrowIf(prompt == "row-9", new UserInputException("an image is bad")) };
        await using var cluster = await SamplingWorld.StartAsync(1, factory);
        await Assert.ThrowsAsync<UserInputException>(() => _world.SampleAsync(cluster));

        var seed = await Assert.ThrowsAsync<UserInputException>(() => _world.SampleAsync(cluster, _world.Settings with { Seed = 9 }));
        _world.Write("prompts.jsonl", SamplingWorld.Rows.Take(3));
        var data = await Assert.ThrowsAsync<UserInputException>(() => _world.SampleAsync(cluster));

        Assert.Contains("--seed is 1 there and 9 here", seed.Message, StringComparison.Ordinal);
        Assert.Contains("--data", data.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _world.Dispose();

    private static void ThrowIf(bool isDue, Exception exception)
    {
        if (isDue)
        {
            throw exception;
        }
    }

    private async Task<string> SampleUndisturbedAsync()
    {
        await using var cluster = await SamplingWorld.StartAsync(1, new ScriptedSamplerFactory());
        await _world.SampleAsync(cluster);
        var result = _world.Result();
        File.Delete(_world.Output);
        return result;
    }
}
