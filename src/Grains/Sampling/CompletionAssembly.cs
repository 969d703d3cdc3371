using NSft.Collectives;
using NSft.Data;
using NSft.Data.Sampling;
using NSft.Grains.Jobs;

namespace NSft.Grains.Sampling;

/// <summary>Puts the blocks of a finished job together, in the order of the data, and counts.</summary>
internal sealed class CompletionAssembly
{
    private readonly IReadOnlyList<SamplePrompt> _prompts;
    private readonly IReadOnlyList<Completion>?[] _completions;

    private CompletionAssembly(IReadOnlyList<SamplePrompt> prompts)
    {
        _prompts = prompts;
        _completions = new IReadOnlyList<Completion>[prompts.Count];
    }

    internal long CompletionCount { get; private set; }

    internal long TokenCount { get; private set; }

    internal long RepeatedCount { get; private set; }

    internal long TruncatedCount { get; private set; }

    internal long TrueCount { get; private set; }

    /// <summary>Reads all blocks.</summary>
    /// <exception cref="UserInputException">A block is missing or damaged.</exception>
    internal static CompletionAssembly Read(JobDirectory directory, int blockCount, IReadOnlyList<SamplePrompt> prompts)
    {
        var assembly = new CompletionAssembly(prompts);
        for (var block = 0; block < blockCount; block++)
        {
            foreach (var line in directory.ReadBlock(block).Lines)
            {
                assembly.Add(SamplingJson.Read<PromptCompletions>(line));
            }
        }

        return assembly;
    }

    /// <summary>The rows in the order of the data.</summary>
    internal IEnumerable<CompletionRow> Rows() => _prompts.Select((prompt, index) => new CompletionRow(
        prompt.Id,
        prompt.Image,
        prompt.Question,
        _completions[index] ?? throw new InvalidOperationException($"Prompt {index} is in no block."))
    {
        Reference = prompt.Reference,
    });

    private void Add(PromptCompletions answered)
    {
        _completions[answered.Prompt] = answered.Completions;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reference = _prompts[answered.Prompt].Reference;
        foreach (var completion in answered.Completions)
        {
            CompletionCount++;
            TokenCount += completion.TokenCount;
            TruncatedCount += completion.IsTruncated ? 1 : 0;
            RepeatedCount += seen.Add(AnswerText.Normalise(completion.Text)) ? 0 : 1;
            TrueCount += reference is not null && AnswerText.AreEqual(reference, completion.Text) ? 1 : 0;
        }
    }
}
