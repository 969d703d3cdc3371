using static TorchSharp.torch;

namespace NSft.Embedded.TorchSharp.Tests;

/// <summary>Compares a scalar function's gradient by autograd with central differences, in float64.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-6;

    public static void Agree(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        Tensor[] leaves = Array.ConvertAll(inputs, input => input.clone().detach().requires_grad_());
        IList<Tensor> found = autograd.grad([function(leaves)], leaves);
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] gradient = found[i].contiguous().data<double>().ToArray();
            for (int at = 0; at < gradient.Length; at++)
            {
                double slope = (Moved(function, inputs, i, at, Step) - Moved(function, inputs, i, at, -Step)) / (2 * Step);
                Assert.True(Math.Abs(slope - gradient[at]) < 1e-6 * (1 + Math.Abs(slope)), $"input {i}, element {at}: {gradient[at]} by autograd, {slope} by differences");
            }
        }
    }

    private static double Moved(Func<Tensor[], Tensor> function, Tensor[] inputs, int which, int at, double by)
    {
        using var scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        Tensor[] copies = Array.ConvertAll(inputs, input => input.contiguous().clone());
        copies[which].view(-1)[at] = tensor(copies[which].view(-1)[at].item<double>() + by);
        return function(copies).item<double>();
    }
}
