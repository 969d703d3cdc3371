using System.Collections.Concurrent;
using System.Globalization;
using NSft.Data.Sampling;
using NSft.Grains.Hosting;
using NSft.Grains.Sampling;

namespace NSft.Grains.Tests.Testing;

/// <summary>Opens samplers that answer without a model: with the prompt's identifier and the number of its random stream.</summary>
internal sealed class ScriptedSamplerFactory : IPromptSamplerFactory
{
    private int _open;

    /// <summary>Called before each batch with its first prompt; may block or throw.</summary>
    internal Action<string>? OnBatch { get; init; }

    /// <summary>Prompts in the order that they were answered.</summary>
    internal ConcurrentQueue<string> Answered { get; } = new();

    /// <summary>Samplers that were opened.</summary>
    internal int OpenedCount { get; private set; }

    /// <summary>Samplers that are open.</summary>
    internal int OpenCount => Volatile.Read(ref _open);

    public IPromptSampler Open(SamplingSettings settings, int device)
    {
        OpenedCount++;
        Interlocked.Increment(ref _open);
        return new Sampler(this, settings.SampleCount);
    }

    private sealed class Sampler(ScriptedSamplerFactory factory, int count) : IPromptSampler
    {
        public IReadOnlyList<IReadOnlyList<Completion>> Sample(IReadOnlyList<SamplePrompt> batch)
        {
            factory.OnBatch?.Invoke(batch[0].Id);
            foreach (var prompt in batch)
            {
                factory.Answered.Enqueue(prompt.Id);
            }

            return [.. batch.Select(prompt => Enumerable.Range(0, count).Select(sample => new Completion(
                string.Create(CultureInfo.InvariantCulture, $"{prompt.Id}: {SamplePlan.StreamOf(prompt.Key, sample)}"), 2, false)).ToArray())];
        }

        public void Dispose() => Interlocked.Decrement(ref factory._open);
    }
}
