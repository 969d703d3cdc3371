using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NSft.Collectives;
using NSft.Model;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>The trained tensors of a model as one flat float32 vector, with a gradient vector of the same layout.</summary>
/// <remarks>
/// The model's leaves are views of the weights and their gradients views of the gradient vector, so backward passes add in place and an
/// update of the vector is an update of the model. Trained are the adapter where one is attached, else everything but the vision tower.
/// The vector holds the parameters in reverse order of the forward pass: what is ready first comes first.
/// </remarks>
internal sealed class TrainableParameters : IDisposable
{
    private readonly List<Tensor> _gradientViews = [];

    private TrainableParameters(GradientLayout layout, bool[] isMatrix, int[] blocks, Device device)
    {
        Layout = layout;
        IsMatrix = isMatrix;
        Blocks = blocks;
        Weights = new FlatVector(layout.Length, device);
        Gradients = new FlatVector(layout.Length, device);
    }

    /// <summary>Layout of both vectors.</summary>
    internal GradientLayout Layout { get; }

    /// <summary>For each tensor whether it has two dimensions or more (norms and biases have one).</summary>
    internal bool[] IsMatrix { get; }

    /// <summary>For each tensor the block whose backward pass makes its gradient final, see <see cref="LlavaModel.BackwardBlock"/>.</summary>
    internal int[] Blocks { get; }

    /// <summary>Master weights.</summary>
    internal FlatVector Weights { get; }

    /// <summary>Gradients.</summary>
    internal FlatVector Gradients { get; }

    /// <summary>Moves a model's trained tensors into flat vectors.</summary>
    /// <param name="model">Its trained tensors become views; they are stored as float32 afterwards.</param>
    internal static TrainableParameters Take(LlavaModel model)
    {
        ModelParameter[] trained = [.. Trained(model).Reverse()];
        GradientLayout layout = GradientLayout.Create(trained.Select(parameter => (parameter.Name, Size(parameter))));
        var taken = new TrainableParameters(
            layout, [.. trained.Select(parameter => parameter.Shape.Length > 1)], [.. trained.Select(model.BackwardBlock)], model.Device);
        for (int i = 0; i < trained.Length; i++)
        {
            taken.Place(model, trained[i], layout.Tensors[i].Offset);
        }

        taken.Weights.Download();
        return taken;
    }

    /// <summary>SHA-256 over the master weights, lower-case hexadecimal.</summary>
    internal string WeightsHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (GradientSlice slice in Layout.Slices)
        {
            hash.AppendData(MemoryMarshal.AsBytes(Weights.Window(slice)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _gradientViews.ForEach(view => view.Dispose());
        Weights.Dispose();
        Gradients.Dispose();
    }

    private static IEnumerable<ModelParameter> Trained(LlavaModel model) =>
        model.Adapter is null
            ? model.Parameters.Where(parameter => parameter.Part != ModelPart.VisionTower)
            : model.Parameters.Where(parameter => parameter.Part == ModelPart.Adapter);

    private static long Size(ModelParameter parameter) =>
        parameter.Shape.Aggregate(1L, static (product, size) => product * size);

    private void Place(LlavaModel model, ModelParameter parameter, long offset)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor weights = Weights.View(offset, parameter.Shape);
        weights.copy_(parameter.Tensor);
        Tensor leaf = weights.detach().requires_grad_(true);
        Tensor gradient = Gradients.View(offset, parameter.Shape).DetachFromDisposeScope();
        leaf.grad = gradient;
        _gradientViews.Add(gradient);
        model.ReplaceParameter(parameter.Name, leaf.DetachFromDisposeScope());
    }
}
