using NSft.Data.Sampling;

namespace NSft.Grains.Sampling;

/// <summary>A line of a block: the answers to one prompt.</summary>
/// <param name="Prompt">Place of the prompt among all prompts of the job.</param>
/// <param name="Completions">The answers, in the order of their sample number.</param>
internal sealed record PromptCompletions(int Prompt, IReadOnlyList<Completion> Completions);
