namespace NSft.Embedded.TorchSharp.Tests;

/// <summary>How an attention test says what may be attended to.</summary>
public enum MaskKind
{
    None,
    Additive,
    Logical,
    Causal,
}
