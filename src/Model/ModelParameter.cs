using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>One named weight of the model: its storage, and what layers compute with.</summary>
/// <remarks>Storage and compute value differ only while a cast of the pass is open, see <see cref="LlavaModel.CastForPass"/>.</remarks>
public sealed class ModelParameter
{
    private Tensor? _cast;
    private Tensor? _substitute;

    internal ModelParameter(string name, ModelPart part, Tensor tensor)
    {
        Name = name;
        Part = part;
        Tensor = tensor.DetachFromDisposeScope();
        Shape = tensor.shape;
    }

    /// <summary>Name in the Hugging Face hub form, for example <c>language_model.model.norm.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The part of the model it belongs to.</summary>
    public ModelPart Part { get; }

    /// <summary>Shape; constant over the life of the parameter.</summary>
    public long[] Shape { get; }

    /// <summary>The leaf that gradients arrive at, or the frozen storage. Owned by the model.</summary>
    public Tensor Tensor { get; private set; }

    /// <summary>What layers compute with: <see cref="Tensor"/>, its cast while a pass is open, or its substitute. Not to be disposed.</summary>
    public Tensor Value => _substitute ?? _cast ?? Tensor;

    /// <summary>Whether the storage was replaced since the model was loaded (it no longer holds the bytes of the source files).</summary>
    internal bool IsReplaced { get; private set; }

    internal void Replace(Tensor leaf)
    {
        if (!leaf.shape.AsSpan().SequenceEqual(Shape))
        {
            throw new ArgumentException(
                $"{Name} has shape [{string.Join(", ", Shape)}], the replacement has [{string.Join(", ", leaf.shape)}].",
                nameof(leaf));
        }

        ReleaseCast();
        Tensor old = Tensor;
        Tensor = leaf.DetachFromDisposeScope();
        IsReplaced = true;
        if (!ReferenceEquals(old, leaf))
        {
            old.Dispose();
        }
    }

    /// <summary>Whether a pass needs a cast of its own: stored in another dtype, and no outer pass has cast it.</summary>
    internal bool NeedsCast(ScalarType dtype) => _cast is null && _substitute is null && Tensor.dtype != dtype;

    /// <summary>Opens a cast for a pass; carries gradient to a leaf that asks for it.</summary>
    internal void Cast(ScalarType dtype) => _cast = Tensor.to(dtype).DetachFromDisposeScope();

    internal void ReleaseCast()
    {
        _cast?.Dispose();
        _cast = null;
    }

    /// <summary>Computes with another value until it is taken away by null. The value is not owned.</summary>
    internal void Substitute(Tensor? value) => _substitute = value;

    /// <summary>Stores a frozen parameter in another dtype for good.</summary>
    internal void ConvertStorage(ScalarType dtype)
    {
        if (Tensor.dtype != dtype)
        {
            Tensor converted = Tensor.to(dtype).DetachFromDisposeScope();
            Tensor.Dispose();
            Tensor = converted;
        }
    }

    internal void Release()
    {
        ReleaseCast();
        Tensor.Dispose();
    }
}
