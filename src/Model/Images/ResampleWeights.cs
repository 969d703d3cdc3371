namespace NSft.Model.Images;

/// <summary>Antialiased bicubic weights along one axis, as fixed-point numbers.</summary>
/// <remarks>
/// Source: Pillow, Resample.c (precompute_coeffs, normalize_coeffs_8bpc, bicubic_filter); PyTorch, UpSampleKernel.cpp
/// (_compute_index_ranges_int16_weights). The support grows with the scale: that is the antialiasing.
/// </remarks>
internal sealed class ResampleWeights
{
    private const int PillowBits = 32 - 8 - 2;
    private const int LargestShortWeight = 1 << 15;
    private const double Support = 2.0;
    private const double Sharpness = -0.5;

    private readonly int[] _weights;
    private readonly int _stride;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int _inputSize;
    private readonly double _scale;

    /// <summary>Weights of a run of positions of an output axis.</summary>
    /// <param name="inputSize">Length of the input axis.</param>
    /// <param name="outputSize">Length of the whole output axis.</param>
    /// <param name="start">First output position that is wanted.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="arithmetic">How weights are rounded.</param>
    public ResampleWeights(int inputSize, int outputSize, int start, int count, ResampleArithmetic arithmetic)
    {
        _inputSize = inputSize;
        _scale = (double)inputSize / outputSize;
        _stride = Math.Min(((int)Math.Ceiling(Support * Math.Max(_scale, 1.0)) * 2) + 1, inputSize);
        _weights = new int[count * _stride];
        _first = new int[count];
        _count = new int[count];
        double[] real = new double[_stride];
        PrecisionBits = arithmetic == ResampleArithmetic.Pillow ? PillowBits : ShortBits(LargestWeight(outputSize, real));
        double one = 1 << PrecisionBits;
        for (int i = 0; i < count; i++)
        {
            (_first[i], _count[i]) = Fill(start + i, real);
            for (int tap = 0; tap < _count[i]; tap++)
            {
                _weights[(i * _stride) + tap] = (int)((real[tap] * one) + (real[tap] < 0 ? -0.5 : 0.5));
            }
        }
    }

    /// <summary>Fractional bits of the weights.</summary>
    public int PrecisionBits { get; }

    /// <summary>First input position that the wanted output position of this index reads.</summary>
    public int First(int output) => _first[output];

    /// <summary>One past the last input position that it reads.</summary>
    public int End(int output) => _first[output] + _count[output];

    /// <summary>Its weights, from <see cref="First"/> on.</summary>
    public ReadOnlySpan<int> Of(int output) => _weights.AsSpan(output * _stride, _count[output]);

    private static int ShortBits(double largest)
    {
        int bits = 0;
        while (bits < PillowBits && (int)(0.5 + (largest * (1 << (bits + 1)))) < LargestShortWeight)
        {
            bits++;
        }

        return bits;
    }

    private double LargestWeight(int outputSize, double[] scratch)
    {
        double largest = 0;
        for (int i = 0; i < outputSize; i++)
        {
            (_, int count) = Fill(i, scratch);
            for (int tap = 0; tap < count; tap++)
            {
                largest = Math.Max(largest, scratch[tap]);
            }
        }

        return largest;
    }

    private (int First, int Count) Fill(int output, double[] weights)
    {
        double filterScale = Math.Max(_scale, 1.0);
        double support = Support * filterScale;
        double center = (output + 0.5) * _scale;
        int first = Math.Max((int)(center - support + 0.5), 0);
        int count = Math.Min((int)(center + support + 0.5), _inputSize) - first;
        double inverseScale = 1.0 / filterScale;
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            weights[i] = Bicubic((i + first - center + 0.5) * inverseScale);
            sum += weights[i];
        }

        for (int i = 0; i < count && sum != 0; i++)
        {
            weights[i] /= sum;
        }

        return (first, count);
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
