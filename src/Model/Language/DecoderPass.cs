using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>What all layers of one forward pass share.</summary>
/// <param name="Cosine">Rotary cosine, broadcasts to (B, T, H, K).</param>
/// <param name="Sine">Signed rotary sine, as the cosine.</param>
/// <param name="Bias">Additive attention bias (B, 1, T, keys), or null.</param>
/// <param name="IsCausal">Whether token t sees tokens 0..t of this pass and nothing else.</param>
/// <param name="Cache">Keys and values of earlier passes, which this pass extends; or null.</param>
internal sealed record DecoderPass(Tensor Cosine, Tensor Sine, Tensor? Bias, bool IsCausal, KeyValueCache? Cache);
