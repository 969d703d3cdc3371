using NSft.Grains.Hosting;

namespace NSft.Grains.Sampling;

/// <summary>Opens samplers.</summary>
internal interface IPromptSamplerFactory
{
    /// <summary>Loads a model on the calling thread.</summary>
    /// <param name="settings">Which model, and how it samples.</param>
    /// <param name="device">Index of the device on this silo.</param>
    IPromptSampler Open(SamplingSettings settings, int device);
}
