using NSft.Collectives;
using NSft.Model.Generation;
using NSft.Model.Images;
using NSft.Tests;

namespace NSft.Model.Tests.Images;

public sealed class DiffusionNoiseTests
{
    private static readonly string Image = RepositoryPaths.At("samples", "scenes", "images", "eval_00000.jpg");

    [Theory]
    [InlineData(500, 0.00251249)]
    [InlineData(800, 0.00486852)]
    public void Beta_KnownSteps_HasTheReferenceValue(int step, double expected) => Assert.Equal(expected, DiffusionNoise.Beta(step), 8);

    [Theory]
    [InlineData(500, 0.7447985)]
    [InlineData(600, 0.5391179)]
    [InlineData(700, 0.3512664)]
    [InlineData(800, 0.2181018)]
    [InlineData(900, 0.1331432)]
    [InlineData(999, 0.0812492)]
    public void SignalPower_KnownSteps_HasTheReferenceValue(int step, double expected) => Assert.Equal(expected, DiffusionNoise.SignalPower(step), 7);

    [Theory]
    [InlineData(500)]
    [InlineData(800)]
    public void Apply_AnyPixels_EqualsTheFormulaInDoubles(int step)
    {
        float[] pixels = [.. Enumerable.Range(0, 3 * 7 * 7).Select(static i => (float)Math.Sin(i))];
        float[] noised = [.. pixels];
        new DiffusionNoise(step, seed: 11).Apply(noised, stream: 5);

        double power = 1;
        for (int t = 0; t <= step; t++)
        {
            double sigmoid = 1 / (1 + Math.Exp(6 - (12.0 * t / 999)));
            power *= 1 - ((sigmoid * (5e-3 - 1e-5)) + 1e-5);
        }

        double[] epsilon = Normals(seed: 11, stream: 5, pixels.Length);
        for (int i = 0; i < pixels.Length; i++)
        {
            Assert.Equal((Math.Sqrt(power) * pixels[i]) + (Math.Sqrt(1 - power) * epsilon[i]), noised[i], 1e-6);
        }
    }

    [Fact]
    public void Apply_LastStepOfNothing_IsNoiseOfTheExpectedSpread()
    {
        float[] noised = new float[60_001];
        new DiffusionNoise(999, seed: 3).Apply(noised, stream: 9);
        double mean = noised.Average(static value => (double)value);
        double variance = noised.Average(value => (value - mean) * (value - mean));

        Assert.InRange(mean, -0.02, 0.02);
        Assert.InRange(variance, 0.97 * (1 - DiffusionNoise.SignalPower(999)), 1.03 * (1 - DiffusionNoise.SignalPower(999)));
        Assert.InRange(noised.Zip(noised.Skip(1), static (a, b) => (double)a * b).Average(), -0.02, 0.02);
    }

    [Fact]
    public void Apply_SameContentUnderAnotherName_GetsTheSameNoise()
    {
        using TemporaryFolder folder = new();
        string copy = folder.At("copy.jpg");
        File.Copy(Image, copy);
        float[] first = new float[30];
        float[] second = new float[30];
        float[] otherSeed = new float[30];
        new DiffusionNoise(500, seed: 1).Apply(first, Image);
        new DiffusionNoise(500, seed: 1).Apply(second, copy);
        new DiffusionNoise(500, seed: 2).Apply(otherSeed, copy);

        Assert.Equal(first, second);
        Assert.NotEqual(first, otherSeed);
        Assert.NotEqual(DiffusionNoise.StreamOf(Image), DiffusionNoise.StreamOf(Image.Replace("00000", "00001", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1000)]
    public void Create_NoSuchStep_SaysTheRange(int step) =>
        Assert.Contains("0 to 999", Assert.Throws<UserInputException>(() => new DiffusionNoise(step, 1)).Message, StringComparison.Ordinal);

    private static double[] Normals(ulong seed, ulong stream, int count)
    {
        var random = new SplitMix64(seed, stream);
        double[] values = new double[count + 1];
        for (int i = 0; i < count; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextUnit()));
            double angle = 2 * Math.PI * random.NextUnit();
            values[i] = radius * Math.Cos(angle);
            values[i + 1] = radius * Math.Sin(angle);
        }

        return values[..count];
    }
}
