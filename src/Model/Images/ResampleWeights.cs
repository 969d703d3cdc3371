namespace NSft.Model.Images;

/// <summary>PIL's bicubic weights along one axis, as fixed-point numbers of <see cref="PrecisionBits"/> bits.</summary>
/// <remarks>Source: Pillow, Resample.c (precompute_coeffs, normalize_coeffs_8bpc, bicubic_filter). The support grows with the scale, which is PIL's antialiasing.</remarks>
internal sealed class ResampleWeights
{
    public const int PrecisionBits = 32 - 8 - 2;
    private const double Support = 2.0;
    private const double Sharpness = -0.5;

    private readonly int[] _weights;
    private readonly int _stride;
    private readonly int[] _first;
    private readonly int[] _count;

    /// <summary>Weights of a run of output positions.</summary>
    /// <param name="inputSize">Length of the input axis.</param>
    /// <param name="outputSize">Length of the whole output axis.</param>
    /// <param name="start">First output position that is wanted.</param>
    /// <param name="count">How many are wanted.</param>
    public ResampleWeights(int inputSize, int outputSize, int start, int count)
    {
        double scale = (double)inputSize / outputSize;
        double filterScale = Math.Max(scale, 1.0);
        double support = Support * filterScale;
        _stride = ((int)Math.Ceiling(support) * 2) + 1;
        _weights = new int[count * _stride];
        _first = new int[count];
        _count = new int[count];
        double[] real = new double[_stride];
        for (int i = 0; i < count; i++)
        {
            double center = (start + i + 0.5) * scale;
            int first = Math.Max((int)(center - support + 0.5), 0);
            int taps = Math.Min((int)(center + support + 0.5), inputSize) - first;
            Fill(real.AsSpan(0, taps), first - center + 0.5, 1.0 / filterScale);
            for (int tap = 0; tap < taps; tap++)
            {
                double scaled = real[tap] * (1 << PrecisionBits);
                _weights[(i * _stride) + tap] = (int)(real[tap] < 0 ? -0.5 + scaled : 0.5 + scaled);
            }

            _first[i] = first;
            _count[i] = taps;
        }
    }

    /// <summary>First input position that an output position reads.</summary>
    public int First(int output) => _first[output];

    /// <summary>Weights of an output position, from <see cref="First"/> on.</summary>
    public ReadOnlySpan<int> Of(int output) => _weights.AsSpan(output * _stride, _count[output]);

    /// <summary>One past the last input position that any output position reads.</summary>
    public int End => _first[^1] + _count[^1];

    private static void Fill(Span<double> weights, double offset, double inverseScale)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Bicubic((i + offset) * inverseScale);
            sum += weights[i];
        }

        for (int i = 0; i < weights.Length && sum != 0; i++)
        {
            weights[i] /= sum;
        }
    }

    private static double Bicubic(double x)
    {
        x = Math.Abs(x);
        if (x < 1)
        {
            return ((((Sharpness + 2) * x) - (Sharpness + 3)) * x * x) + 1;
        }

        return x < 2 ? ((((x - 5) * x) + 8) * x - 4) * Sharpness : 0;
    }
}
