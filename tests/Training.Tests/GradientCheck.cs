using static TorchSharp.torch;

namespace NSft.Training.Tests;

/// <summary>Compares a function's gradient with central differences in float64.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-6;

    public static void Run(Func<Tensor, Tensor> function, double[] at)
    {
        Tensor x = tensor(at).requires_grad_();
        double[] gradient = autograd.grad([function(x).sum()], [x])[0].data<double>().ToArray();
        for (int i = 0; i < at.Length; i++)
        {
            double difference = (Value(function, at, i, Step) - Value(function, at, i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], 1e-7);
        }
    }

    private static double Value(Func<Tensor, Tensor> function, double[] at, int index, double change)
    {
        double[] moved = [.. at];
        moved[index] += change;
        return function(tensor(moved)).sum().item<double>();
    }
}
