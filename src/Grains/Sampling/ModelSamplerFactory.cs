using System.Globalization;
using NSft.Data.Sampling;
using NSft.Evaluation.Running;
using NSft.Grains.Hosting;

namespace NSft.Grains.Sampling;

/// <summary>Opens samplers of LLaVA models.</summary>
internal sealed class ModelSamplerFactory : IPromptSamplerFactory
{
    /// <inheritdoc/>
    public IPromptSampler Open(SamplingSettings settings, int device)
    {
        var name = settings.Model.Device == "cuda" ? string.Create(CultureInfo.InvariantCulture, $"cuda:{device}") : settings.Model.Device;
        return new ModelSampler(CompletionSampler.Open(
            settings.Model with { Device = name, NoiseSeed = settings.Seed }, settings.TokenChoice(), settings.SampleCount));
    }

    private sealed class ModelSampler(CompletionSampler sampler) : IPromptSampler
    {
        public IReadOnlyList<IReadOnlyList<Completion>> Sample(IReadOnlyList<SamplePrompt> batch) => sampler.Sample(batch);

        public void Dispose() => sampler.Dispose();
    }
}
