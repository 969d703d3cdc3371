using NSft.Data.Sampling;

namespace NSft.Grains.Sampling;

/// <summary>A loaded model that answers batches of prompts. Used and disposed on the one thread that opened it.</summary>
internal interface IPromptSampler : IDisposable
{
    /// <summary>Answers to each prompt of a batch, in order; they follow from the batch alone.</summary>
    IReadOnlyList<IReadOnlyList<Completion>> Sample(IReadOnlyList<SamplePrompt> batch);
}
