namespace NSft.Collectives.Tests;

/// <summary>Shard gradients with a realistic spread: normal values whose scale differs by tensor, over several binades.</summary>
internal static class SyntheticGradient
{
    public static GradientLayout Layout { get; } =
        GradientLayout.Create([("embed", 70_003), ("head", 131_072), ("bias", 7), ("norm", 192)]);

    public static float[][] Shards(int count, int seed)
    {
        var random = new Random(seed);
        var shards = new float[count][];
        for (int shard = 0; shard < count; shard++)
        {
            shards[shard] = new float[Layout.Length];
            foreach (GradientSlice slice in Layout.Slices)
            {
                double scale = Math.Pow(10, -2 * slice.Tensor);
                for (int i = 0; i < slice.Length; i++)
                {
                    shards[shard][slice.Offset + i] = (float)(scale * Normal(random));
                }
            }
        }

        return shards;
    }

    public static int[] Exponents(float[][] shards, int dataBits)
    {
        float[] maxima = [.. Layout.Slices.Select(slice =>
            shards.Max(shard => FixedPoint.Measure(shard.AsSpan((int)slice.Offset, slice.Length)).Maximum))];
        return ExponentPolicy.Choose(maxima, dataBits, ExponentPolicy.MeasuredMarginBits);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
