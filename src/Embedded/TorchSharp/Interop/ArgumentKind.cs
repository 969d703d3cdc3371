namespace TorchSharp;

/// <summary>What crosses the border to the shim; the values are those of <c>nsft::Kind</c> in native/nsft_torch.h.</summary>
internal enum ArgumentKind
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    TensorList = 6,
    OptionalTensorList = 7,
    String = 8,
    Device = 9,
    Generator = 10,
}
