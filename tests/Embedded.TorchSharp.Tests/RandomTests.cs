using static TorchSharp.torch;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed class RandomTests
{
    [Fact]
    public void Generator_SameSeed_GivesTheSameNumbersWhateverElseRuns()
    {
        using var scope = NewDisposeScope();
        using var first = new Generator(42);
        using var second = new Generator(42);
        float[] expected = randn([8], generator: first).data<float>().ToArray();
        rand(100);

        Assert.Equal(expected, randn([8], generator: second).data<float>().ToArray());
        Assert.NotEqual(expected, randn([8], generator: second).data<float>().ToArray());
        Assert.Equal(expected, randn([8], generator: second.manual_seed(42)).data<float>().ToArray());
        Assert.Equal(42, second.initial_seed());
    }

    [Fact]
    public void Generator_StateSetBack_RepeatsTheNumbers()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        Tensor state = generator.get_state();
        float[] expected = rand([5], generator: generator).data<float>().ToArray();
        generator.set_state(state);

        Assert.Equal(expected, rand([5], generator: generator).data<float>().ToArray());
    }

    [Fact]
    public void Multinomial_WeightsWithZeros_NeverDrawsThem()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(9);
        long[] drawn = multinomial(tensor(new[] { 0f, 1f, 0f, 3f }), 1000, true, generator).data<long>().ToArray();

        Assert.All(drawn, index => Assert.True(index is 1 or 3));
        Assert.InRange(drawn.Count(index => index == 3), 650, 850);
    }
}
