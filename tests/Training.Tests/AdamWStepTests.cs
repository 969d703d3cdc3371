using NSft.Training.Optimization;

namespace NSft.Training.Tests;

public class AdamWStepTests
{
    private const int Length = 37;

    [Fact]
    public void Apply_SeveralSteps_FollowsTheFloat64Recurrence()
    {
        float[] weights = Values(1, 1f);
        double[] expected = [.. weights.Select(value => (double)value)];
        var first = new float[Length];
        var second = new float[Length];
        var m = new double[Length];
        var v = new double[Length];
        for (int update = 1; update <= 5; update++)
        {
            float[] gradient = Values(update + 1, 0.01f);
            new AdamWStep(new AdamWSettings(), update, 1e-3, 0.5).Apply(weights, gradient, first, second, 0.01);
            for (int i = 0; i < Length; i++)
            {
                double g = 0.5 * gradient[i];
                expected[i] *= 1 - (1e-3 * 0.01);
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.999 * v[i]) + (0.001 * g * g);
                double root = Math.Sqrt(v[i]) / Math.Sqrt(1 - Math.Pow(0.999, update));
                expected[i] -= 1e-3 / (1 - Math.Pow(0.9, update)) * m[i] / (root + 1e-8);
            }
        }

        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(expected[i], weights[i], 2e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void Apply_VectorCutAnywhere_GivesTheSameBits(int cut)
    {
        float[] whole = Values(1, 1f);
        float[] parts = Values(1, 1f);
        float[] gradient = Values(2, 1e-3f);
        var step = new AdamWStep(new AdamWSettings(), 3, 1e-3, 0.9);
        float[] m = Values(3, 1e-3f);
        float[] v = [.. Values(4, 1e-5f).Select(MathF.Abs)];
        float[] m2 = [.. m];
        float[] v2 = [.. v];

        step.Apply(whole, gradient, m, v, 0.1);
        step.Apply(parts.AsSpan(0, cut), gradient.AsSpan(0, cut), m2.AsSpan(0, cut), v2.AsSpan(0, cut), 0.1);
        step.Apply(parts.AsSpan(cut), gradient.AsSpan(cut), m2.AsSpan(cut), v2.AsSpan(cut), 0.1);

        Assert.Equal(whole, parts);
        Assert.Equal(m, m2);
        Assert.Equal(v, v2);
    }

    [Fact]
    public void Factor_Norms_ClipAsPyTorch()
    {
        Assert.Equal(1, GradientClip.Factor(0.5, 1));
        Assert.Equal(1 / (4 + 1e-6), GradientClip.Factor(4, 1));
        Assert.Equal(1, GradientClip.Factor(4, 0));
        Assert.Equal(1, GradientClip.Factor(0, 1));
    }

    private static float[] Values(int seed, float scale)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => (float)((random.NextDouble() - 0.5) * scale))];
    }
}
