using NSft.Data.Sampling;
using NSft.Model;

namespace NSft.Grains.Tests.Sampling;

[Collection(AloneTests.Name)]
public sealed class ModelSamplingTests : IDisposable
{
    private readonly SamplingWorld _world = new();

    [Fact]
    public async Task Sample_AnyWorkersBlocksAndOrder_GivesTheSameCompletions()
    {
        await using var one = await SamplingWorld.StartAsync(1);
        await using var three = await SamplingWorld.StartAsync(3);

        await _world.SampleAsync(one, _world.Settings with { Workers = 1 });
        var alone = Completions();
        var outcome = await _world.SampleAsync(three, _world.Settings with { BlockBatches = 2 });
        var together = Completions();
        var turned = _world.Write("turned.jsonl", SamplingWorld.Rows.Reverse());
        await _world.SampleAsync(three, _world.Settings with { DataPath = turned });

        Assert.Equal(SamplingWorld.Rows.Length, alone.Length);
        Assert.Equal(alone, together);
        Assert.Equal(alone, Completions().Reverse());
        Assert.Equal(2 * SamplingWorld.Rows.Length, outcome.CompletionCount);
        Assert.True(alone.Distinct().Count() > 1);
    }

    [Fact]
    public async Task Sample_OtherSeedOrNoise_GivesOtherCompletions()
    {
        await using var cluster = await SamplingWorld.StartAsync(1);

        await _world.SampleAsync(cluster);
        var first = Completions();
        await _world.SampleAsync(cluster, _world.Settings with { Seed = 2 });
        var second = Completions();
        await _world.SampleAsync(cluster, _world.Settings with { Model = _world.Settings.Model with { NoiseStep = 500 } });

        Assert.NotEqual(first, second);
        Assert.NotEqual(first, Completions());
    }

    [Fact]
    public async Task Sample_ManyBlocks_LeavesNoTensorBehind()
    {
        var before = TensorMemory.LiveTensorCount;
        await using (var cluster = await SamplingWorld.StartAsync(2))
        {
            await _world.SampleAsync(cluster);
            Assert.Equal(before, TensorMemory.LiveTensorCount);
        }

        Assert.Equal(before, TensorMemory.LiveTensorCount);
    }

    public void Dispose() => _world.Dispose();

    private string[] Completions() =>
        [.. CompletionFile.Read(_world.Output).Rows.Select(row => $"{row.Image} {row.Question} {string.Join('|', row.Completions.Select(completion => completion.Text))}")];
}
