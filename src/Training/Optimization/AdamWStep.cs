using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NSft.Training.Optimization;

/// <summary>One AdamW update with all scalars settled: applied to a span it gives the same bits however the vector is cut.</summary>
/// <remarks>
/// Source: arXiv:1711.05101; operation order as PyTorch's single-tensor AdamW: decay, moments, then w -= (rate / c1) * m / (sqrt(v) / sqrt(c2) + eps).
/// Elements are independent and no operation is fused, so vector and scalar code agree to the bit.
/// </remarks>
internal readonly struct AdamWStep
{
    private readonly float _beta1;
    private readonly float _beta2;
    private readonly float _keep1;
    private readonly float _keep2;
    private readonly float _epsilon;
    private readonly float _stepSize;
    private readonly float _inverseRoot;
    private readonly float _gradientScale;
    private readonly double _learningRate;

    /// <summary>Settles a step's scalars.</summary>
    /// <param name="settings">AdamW's constants.</param>
    /// <param name="update">Number of this update, from 1.</param>
    /// <param name="learningRate">Learning rate of the step.</param>
    /// <param name="gradientScale">What the gradient is multiplied by first: the clip factor.</param>
    internal AdamWStep(AdamWSettings settings, int update, double learningRate, double gradientScale)
    {
        double correction1 = 1 - Math.Pow(settings.Beta1, update);
        double correction2 = 1 - Math.Pow(settings.Beta2, update);
        _beta1 = (float)settings.Beta1;
        _beta2 = (float)settings.Beta2;
        _keep1 = (float)(1 - settings.Beta1);
        _keep2 = (float)(1 - settings.Beta2);
        _epsilon = (float)settings.Epsilon;
        _stepSize = (float)(learningRate / correction1);
        _inverseRoot = (float)(1 / Math.Sqrt(correction2));
        _gradientScale = (float)gradientScale;
        _learningRate = learningRate;
    }

    /// <summary>Updates weights and moments in place.</summary>
    /// <param name="weights">Master weights.</param>
    /// <param name="gradient">Reduced gradient; read only.</param>
    /// <param name="first">First moments.</param>
    /// <param name="second">Second moments.</param>
    /// <param name="weightDecay">Decoupled weight decay of these elements.</param>
    internal void Apply(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, double weightDecay)
    {
        float keepWeight = (float)(1 - (_learningRate * weightDecay));
        Span<Vector256<float>> w = MemoryMarshal.Cast<float, Vector256<float>>(weights);
        ReadOnlySpan<Vector256<float>> g = MemoryMarshal.Cast<float, Vector256<float>>(gradient);
        Span<Vector256<float>> m = MemoryMarshal.Cast<float, Vector256<float>>(first);
        Span<Vector256<float>> v = MemoryMarshal.Cast<float, Vector256<float>>(second);
        for (int i = 0; i < w.Length; i++)
        {
            Vector256<float> scaled = g[i] * _gradientScale;
            m[i] = (m[i] * _beta1) + (scaled * _keep1);
            v[i] = (v[i] * _beta2) + (scaled * scaled * _keep2);
            Vector256<float> denominator = (Vector256.Sqrt(v[i]) * _inverseRoot) + Vector256.Create(_epsilon);
            w[i] = (w[i] * keepWeight) - (m[i] / denominator * _stepSize);
        }

        int done = w.Length * Vector256<float>.Count;
        ApplyScalar(weights[done..], gradient[done..], first[done..], second[done..], keepWeight);
    }

    private void ApplyScalar(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float keepWeight)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            float scaled = gradient[i] * _gradientScale;
            first[i] = (first[i] * _beta1) + (scaled * _keep1);
            second[i] = (second[i] * _beta2) + (scaled * scaled * _keep2);
            float denominator = (MathF.Sqrt(second[i]) * _inverseRoot) + _epsilon;
            weights[i] = (weights[i] * keepWeight) - (first[i] / denominator * _stepSize);
        }
    }
}
