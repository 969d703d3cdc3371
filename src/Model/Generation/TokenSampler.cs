namespace NSft.Model.Generation;

/// <summary>Draws a token from logits: temperature, then top-k, then top-p, in Hugging Face's order. Pure.</summary>
internal static class TokenSampler
{
    /// <summary>Chooses an id.</summary>
    /// <param name="logits">(V).</param>
    /// <param name="options">Temperature above 0.</param>
    /// <param name="unit">Random number in [0, 1).</param>
    internal static int Sample(ReadOnlySpan<float> logits, SamplingOptions options, double unit)
    {
        int[] ids = new int[logits.Length];
        var keys = new float[logits.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = i;
            keys[i] = -logits[i];
        }

        SortByKeyThenId(keys, ids);
        int kept = options.TopK > 0 ? Math.Min(options.TopK, ids.Length) : ids.Length;
        double[] weights = Weights(keys.AsSpan(0, kept), options.Temperature);
        kept = Nucleus(weights, options.TopP);
        double threshold = unit * weights.AsSpan(0, kept).ToArray().Sum();
        double reached = 0;
        for (int i = 0; i < kept; i++)
        {
            reached += weights[i];
            if (reached > threshold)
            {
                return ids[i];
            }
        }

        return ids[kept - 1];
    }

    private static void SortByKeyThenId(float[] keys, int[] ids)
    {
        Array.Sort(keys, ids);
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(ids, start, end - start);
            start = end;
        }
    }

    private static double[] Weights(ReadOnlySpan<float> descendingKeys, double temperature)
    {
        var weights = new double[descendingKeys.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp((descendingKeys[0] - descendingKeys[i]) / temperature);
        }

        return weights;
    }

    private static int Nucleus(double[] weights, double topP)
    {
        double target = topP * weights.Sum();
        double reached = 0;
        for (int i = 0; i < weights.Length && topP < 1; i++)
        {
            reached += weights[i];
            if (reached >= target)
            {
                return i + 1;
            }
        }

        return weights.Length;
    }
}
