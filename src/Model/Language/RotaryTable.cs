// T positions, H heads, K head width.
using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>Rotary position embedding in the rotate-half layout of Hugging Face; angles are float32, tables grow on demand.</summary>
internal sealed class RotaryTable(int headSize, double theta, Device device) : IDisposable
{
    private const int Granularity = 256;
    private Tensor? _cosine;
    private Tensor? _sine;

    /// <summary>Cosine and signed sine (minus in the lower half) of the positions 0 .. count - 1, each (count, 1, K).</summary>
    internal (Tensor Cosine, Tensor Sine) Leading(int count, ScalarType dtype)
    {
        Grow(count);
        return (Shape(_cosine!), Shape(_sine!));

        Tensor Shape(Tensor table) => table.narrow(0, 0, count).unsqueeze(1).to(dtype);
    }

    /// <summary>Cosine and signed sine of one position per row and column, each (B, T, 1, K).</summary>
    /// <param name="positions">Row-major, B times T of them.</param>
    /// <param name="rows">B.</param>
    /// <param name="dtype">Dtype of the result.</param>
    internal (Tensor Cosine, Tensor Sine) At(long[] positions, int rows, ScalarType dtype)
    {
        Grow((int)positions.Max() + 1);
        Tensor flat = tensor(positions, device: device);
        return (Shape(_cosine!), Shape(_sine!));

        Tensor Shape(Tensor table) =>
            table.index_select(0, flat).view(rows, positions.Length / rows, 1, headSize).to(dtype);
    }

    /// <summary>Rotates pairs (i, i + K/2) of the last dimension: x cos + roll(x, K/2) sin, the sign being in the sine.</summary>
    /// <param name="x">(B, T, H, K).</param>
    /// <param name="cosine">Broadcasts to (B, T, H, K).</param>
    /// <param name="sine">As <paramref name="cosine"/>, signed.</param>
    internal static Tensor Rotate(Tensor x, Tensor cosine, Tensor sine)
    {
        using var scope = NewDisposeScope();
        Tensor swapped = x.roll(x.shape[^1] / 2, x.dim() - 1);
        return (x * cosine).addcmul(swapped, sine, 1).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _cosine?.Dispose();
        _sine?.Dispose();
    }

    private void Grow(int count)
    {
        if (_cosine is not null && _cosine.shape[0] >= count)
        {
            return;
        }

        int length = (count + Granularity - 1) / Granularity * Granularity;
        int half = headSize / 2;
        var cosine = new float[length * headSize];
        var sine = new float[length * headSize];
        for (int i = 0; i < half; i++)
        {
            // Rounded to float32 where Hugging Face rounds: power, reciprocal, angle.
            float exponent = (float)(2 * i) / headSize;
            float frequency = 1f / (float)Math.Pow(theta, exponent);
            for (int position = 0; position < length; position++)
            {
                double angle = position * frequency;
                int low = (position * headSize) + i;
                cosine[low] = cosine[low + half] = (float)Math.Cos(angle);
                sine[low + half] = (float)Math.Sin(angle);
                sine[low] = -sine[low + half];
            }
        }

        Dispose();
        _cosine = tensor(cosine, [length, headSize], device: device).DetachFromDisposeScope();
        _sine = tensor(sine, [length, headSize], device: device).DetachFromDisposeScope();
    }
}
