using static TorchSharp.torch;

namespace NSft.Model.Generation;

/// <summary>One prompt.</summary>
/// <param name="PromptIds">Token ids, image tokens repeated; not empty.</param>
/// <param name="VisionFeatures">(1, P, Dv) of the prompt's image, or null for text only. Not disposed here.</param>
/// <param name="SampleStream">Number of the request's random stream: the same stream and seed sample the same answer in any batch.</param>
/// <param name="ImageKey">Name of the image, for example its path: prompts of one image share the work on it. Null shares nothing.</param>
public sealed record GenerationRequest(
    int[] PromptIds, Tensor? VisionFeatures = null, ulong SampleStream = 0, string? ImageKey = null);
