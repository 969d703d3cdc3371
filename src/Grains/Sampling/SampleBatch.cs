using NSft.Data.Sampling;

namespace NSft.Grains.Sampling;

/// <summary>Prompts that are answered together.</summary>
/// <param name="Indices">Places of the prompts among all prompts of the job.</param>
/// <param name="Prompts">The prompts.</param>
internal sealed record SampleBatch(int[] Indices, SamplePrompt[] Prompts);
