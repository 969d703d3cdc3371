using NSft.Model;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>The reference of a full run: a frozen copy of the trained tensors in the compute dtype. The vision tower is shared.</summary>
internal sealed class FrozenCopyReference : IReferencePolicy
{
    private readonly LlavaModel _model;
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);

    /// <summary>Copies what is trained now.</summary>
    /// <param name="model">A model whose leaves are trained.</param>
    internal FrozenCopyReference(LlavaModel model)
    {
        _model = model;
        using IDisposable noGrad = no_grad();
        foreach (ModelParameter parameter in model.Parameters.Where(parameter => parameter.Tensor.requires_grad))
        {
            using var scope = NewDisposeScope();
            Tensor copy = parameter.Tensor.detach().to(model.ComputeDtype, copy: true).DetachFromDisposeScope();
            _values.Add(parameter.Name, copy);
            Bytes += copy.numel() * copy.element_size();
        }
    }

    public long Bytes { get; }

    public IDisposable Use() => _model.SubstituteValues(_values);

    public void Dispose()
    {
        foreach (Tensor value in _values.Values)
        {
            value.Dispose();
        }
    }
}
