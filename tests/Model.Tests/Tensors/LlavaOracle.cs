using NSft.Model.Configuration;

namespace NSft.Model.Tests.Tensors;

/// <summary>LLaVA in plain float64 loops, one row at a time: an independent reading of the formulas to hold the tensors against.</summary>
internal sealed class LlavaOracle(LlavaConfig config, IReadOnlyDictionary<string, float[]> weights)
{
    private const string Tower = "vision_tower.vision_model.";
    private const string Decoder = "language_model.model.";

    /// <summary>Vision features [patch][width] of one image (3, S, S).</summary>
    internal double[][] Features(float[] pixels)
    {
        ClipVisionConfig v = config.Vision;
        int grid = v.ImageSize / v.PatchSize;
        float[] kernel = weights[Tower + "embeddings.patch_embedding.weight"];
        float[] positions = weights[Tower + "embeddings.position_embedding.weight"];
        var x = new List<double[]> { weights[Tower + "embeddings.class_embedding"].Select(static w => (double)w).ToArray() };
        for (int p = 0; p < grid * grid; p++)
        {
            var row = new double[v.HiddenSize];
            for (int d = 0; d < row.Length; d++)
            {
                for (int i = 0; i < 3 * v.PatchSize * v.PatchSize; i++)
                {
                    int c = i / (v.PatchSize * v.PatchSize);
                    int dy = i / v.PatchSize % v.PatchSize;
                    int dx = i % v.PatchSize;
                    int pixel = (((c * v.ImageSize) + (p / grid * v.PatchSize) + dy) * v.ImageSize) + (p % grid * v.PatchSize) + dx;
                    row[d] += pixels[pixel] * kernel[(d * 3 * v.PatchSize * v.PatchSize) + i];
                }
            }

            x.Add(row);
        }

        double[][] h = [.. x.Select((row, p) => LayerNorm([.. row.Select((a, d) => a + positions[(p * v.HiddenSize) + d])], Tower + "pre_layrnorm"))];
        int layers = config.VisionFeatureLayer < 0 ? v.LayerCount + 1 + config.VisionFeatureLayer : config.VisionFeatureLayer;
        for (int layer = 0; layer < layers; layer++)
        {
            h = VisionBlock(h, $"{Tower}encoder.layers.{layer}.");
        }

        return config.VisionFeatureSelectStrategy == "default" ? h[1..] : h;
    }

    /// <summary>Logits [position][vocabulary] of one row whose image tokens take the features in order.</summary>
    internal double[][] Logits(int[] ids, double[][] features)
    {
        int width = config.Text.HiddenSize;
        float[] embedding = weights[Decoder + "embed_tokens.weight"];
        int used = 0;
        double[][] h = [.. ids.Select(id => id == config.ImageTokenId
            ? Project(features[used++])
            : embedding.Skip(id * width).Take(width).Select(static w => (double)w).ToArray())];
        for (int layer = 0; layer < config.Text.LayerCount; layer++)
        {
            h = DecoderBlock(h, $"{Decoder}layers.{layer}.");
        }

        float[] head = config.Text.TieWordEmbeddings ? embedding : weights["language_model.lm_head.weight"];
        return [.. h.Select(row => Multiply(RmsNorm(row, Decoder + "norm.weight"), head))];
    }

    private double[] Project(double[] feature)
    {
        double[] inner = [.. Affine(feature, "multi_modal_projector.linear_1").Select(static a => a * 0.5 * (1 + Erf(a / Math.Sqrt(2))))];
        return Affine(inner, "multi_modal_projector.linear_2");
    }

    private double[][] VisionBlock(double[][] x, string path)
    {
        int heads = config.Vision.HeadCount;
        double[][] n = [.. x.Select(row => LayerNorm(row, path + "layer_norm1"))];
        double[][] mixed = Attend(
            [.. n.Select(row => Affine(row, path + "self_attn.q_proj"))],
            [.. n.Select(row => Affine(row, path + "self_attn.k_proj"))],
            [.. n.Select(row => Affine(row, path + "self_attn.v_proj"))],
            heads, heads, isCausal: false);
        double[][] y = [.. x.Select((row, i) => Add(row, Affine(mixed[i], path + "self_attn.out_proj")))];
        return [.. y.Select(row =>
        {
            double[] inner = [.. Affine(LayerNorm(row, path + "layer_norm2"), path + "mlp.fc1").Select(static a => a / (1 + Math.Exp(-1.702 * a)))];
            return Add(row, Affine(inner, path + "mlp.fc2"));
        })];
    }

    private double[][] DecoderBlock(double[][] x, string path)
    {
        LlamaConfig t = config.Text;
        double[][] n = [.. x.Select(row => RmsNorm(row, path + "input_layernorm.weight"))];
        double[][] mixed = Attend(
            [.. n.Select((row, p) => Rotate(Multiply(row, weights[path + "self_attn.q_proj.weight"]), p))],
            [.. n.Select((row, p) => Rotate(Multiply(row, weights[path + "self_attn.k_proj.weight"]), p))],
            [.. n.Select(row => Multiply(row, weights[path + "self_attn.v_proj.weight"]))],
            t.HeadCount, t.KeyValueHeadCount, isCausal: true);
        double[][] y = [.. x.Select((row, i) => Add(row, Multiply(mixed[i], weights[path + "self_attn.o_proj.weight"])))];
        return [.. y.Select(row =>
        {
            double[] m = RmsNorm(row, path + "post_attention_layernorm.weight");
            double[] gate = Multiply(m, weights[path + "mlp.gate_proj.weight"]);
            double[] up = Multiply(m, weights[path + "mlp.up_proj.weight"]);
            double[] inner = [.. gate.Zip(up, static (g, u) => g / (1 + Math.Exp(-g)) * u)];
            return Add(row, Multiply(inner, weights[path + "mlp.down_proj.weight"]));
        })];
    }

    private double[] Rotate(double[] row, int position)
    {
        int size = config.Text.HeadSize;
        var result = new double[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int k = i % size;
            int pair = k % (size / 2);
            double angle = position * Math.Pow(config.Text.RopeTheta, -2.0 * pair / size);
            double other = k < size / 2 ? -row[i + (size / 2)] : row[i - (size / 2)];
            result[i] = (row[i] * Math.Cos(angle)) + (other * Math.Sin(angle));
        }

        return result;
    }

    private static double[][] Attend(double[][] q, double[][] k, double[][] v, int heads, int sharedHeads, bool isCausal)
    {
        int size = q[0].Length / heads;
        double[][] result = [.. q.Select(static row => new double[row.Length])];
        for (int t = 0; t < q.Length; t++)
        {
            for (int h = 0; h < heads; h++)
            {
                int g = h / (heads / sharedHeads);
                int seen = isCausal ? t + 1 : q.Length;
                double[] score = [.. Enumerable.Range(0, seen).Select(s =>
                    Enumerable.Range(0, size).Sum(i => q[t][(h * size) + i] * k[s][(g * size) + i]) / Math.Sqrt(size))];
                double top = score.Max();
                double total = score.Sum(s => Math.Exp(s - top));
                for (int i = 0; i < size; i++)
                {
                    result[t][(h * size) + i] = Enumerable.Range(0, seen).Sum(s => Math.Exp(score[s] - top) / total * v[s][(g * size) + i]);
                }
            }
        }

        return result;
    }

    private double[] LayerNorm(double[] row, string path)
    {
        double mean = row.Average();
        double variance = row.Average(a => (a - mean) * (a - mean));
        float[] weight = weights[path + ".weight"];
        float[] bias = weights[path + ".bias"];
        return [.. row.Select((a, i) => ((a - mean) / Math.Sqrt(variance + config.Vision.LayerNormEpsilon) * weight[i]) + bias[i])];
    }

    private double[] RmsNorm(double[] row, string name)
    {
        double scale = 1 / Math.Sqrt(row.Average(static a => a * a) + config.Text.RmsNormEpsilon);
        return [.. row.Select((a, i) => a * scale * weights[name][i])];
    }

    private double[] Affine(double[] row, string path) => Add(Multiply(row, weights[path + ".weight"]), [.. weights[path + ".bias"].Select(static w => (double)w)]);

    private static double[] Multiply(double[] row, float[] matrix)
    {
        var result = new double[matrix.Length / row.Length];
        for (int o = 0; o < result.Length; o++)
        {
            for (int i = 0; i < row.Length; i++)
            {
                result[o] += row[i] * matrix[(o * row.Length) + i];
            }
        }

        return result;
    }

    private static double[] Add(double[] left, double[] right) => [.. left.Zip(right, static (a, b) => a + b)];

    // Maclaurin series; the arguments here are small.
    private static double Erf(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < 60; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
