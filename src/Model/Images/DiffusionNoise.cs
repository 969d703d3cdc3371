using System.Buffers.Binary;
using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Model.Generation;

namespace NSft.Model.Images;

/// <summary>Corrupts a normalised image by forward diffusion: <c>x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps</c>. Safe from any thread.</summary>
/// <remarks>
/// Source: Zhu et al., "Self-Supervised Visual Preference Alignment" (SeVa, 2024): 1000 steps, beta_t rising from 1e-5 to 5e-3 along a sigmoid
/// over [-6, 6]. The noise of an image follows from the seed and the bytes of its file alone, wherever and whenever it is drawn.
/// </remarks>
public sealed class DiffusionNoise
{
    /// <summary>Steps of the diffusion; a step is 0 to one less.</summary>
    public const int StepCount = 1000;

    private const double LeastBeta = 1e-5;
    private const double MostBeta = 5e-3;
    private const double Reach = 6;

    private static readonly double[] SignalPowers = [.. Cumulate()];

    private readonly ulong _seed;

    /// <summary>Noise of a step.</summary>
    /// <param name="step">Index of the step: 0 hardly changes an image, 999 leaves little of it.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <exception cref="UserInputException">There is no such step.</exception>
    public DiffusionNoise(int step, ulong seed)
    {
        if (step is < 0 or >= StepCount)
        {
            throw new UserInputException(FormattableString.Invariant($"there is no noise step {step}: give 0 to {StepCount - 1}"));
        }

        Step = step;
        _seed = seed;
    }

    /// <summary>Index of the step.</summary>
    public int Step { get; }

    /// <summary>Variance added by a step.</summary>
    internal static double Beta(int step)
    {
        double place = -Reach + (2 * Reach * step / (StepCount - 1));
        return ((MostBeta - LeastBeta) / (1 + Math.Exp(-place))) + LeastBeta;
    }

    /// <summary>Share of the image's power that is left after a step, abar_t; the rest is noise.</summary>
    internal static double SignalPower(int step) => SignalPowers[step];

    /// <summary>The random stream of an image file: its content counts, its name does not.</summary>
    /// <exception cref="UserInputException">The file cannot be read.</exception>
    internal static ulong StreamOf(string imagePath)
    {
        try
        {
            using FileStream file = File.OpenRead(imagePath);
            return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{imagePath}: the image cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Adds the noise of an image file to its normalised pixels.</summary>
    /// <param name="pixels">All planes of the image, in order; changed in place.</param>
    /// <param name="imagePath">The file that they come from.</param>
    /// <exception cref="UserInputException">The file cannot be read.</exception>
    public void Apply(Span<float> pixels, string imagePath) => Apply(pixels, StreamOf(imagePath));

    /// <summary>Adds the noise of a random stream.</summary>
    internal void Apply(Span<float> pixels, ulong stream)
    {
        double signal = Math.Sqrt(SignalPower(Step));
        double noise = Math.Sqrt(1 - SignalPower(Step));
        var random = new SplitMix64(_seed, stream);
        for (int i = 0; i < pixels.Length; i += 2)
        {
            (double first, double second) = NextNormals(ref random);
            pixels[i] = (float)((signal * pixels[i]) + (noise * first));
            if (i + 1 < pixels.Length)
            {
                pixels[i + 1] = (float)((signal * pixels[i + 1]) + (noise * second));
            }
        }
    }

    /// <summary>Two independent standard normal numbers (Box and Muller).</summary>
    private static (double First, double Second) NextNormals(ref SplitMix64 random)
    {
        // 1 - u: the logarithm needs a number above 0.
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextUnit()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextUnit());
        return (radius * cosine, radius * sine);
    }

    private static IEnumerable<double> Cumulate()
    {
        double power = 1;
        for (int step = 0; step < StepCount; step++)
        {
            power *= 1 - Beta(step);
            yield return power;
        }
    }
}
