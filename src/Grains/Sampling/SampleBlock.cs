using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;

namespace NSft.Grains.Sampling;

/// <summary>A block of batches: answered one batch after the other, then written whole.</summary>
internal static class SampleBlock
{
    /// <summary>Answers a block and writes its file.</summary>
    /// <param name="order">The block.</param>
    /// <param name="sampler">The model.</param>
    /// <param name="cancellation">Ends the work between two batches; nothing is written then.</param>
    /// <exception cref="OperationCanceledException">The work was ended, or the job's directory is gone.</exception>
    internal static SampleTally Run(SampleBlockOrder order, IPromptSampler sampler, CancellationToken cancellation)
    {
        var lines = new List<string>();
        long completions = 0;
        long tokens = 0;
        foreach (var batch in SamplingJson.Read<SampleBatch[]>(order.BatchesJson))
        {
            cancellation.ThrowIfCancellationRequested();
            var answers = sampler.Sample(batch.Prompts);
            for (var prompt = 0; prompt < answers.Count; prompt++)
            {
                completions += answers[prompt].Count;
                tokens += answers[prompt].Sum(completion => (long)completion.TokenCount);
                lines.Add(SamplingJson.Write(new PromptCompletions(batch.Indices[prompt], answers[prompt])));
            }
        }

        // A job that is done without this silo has taken its directory away: it must not come back.
        if (JobDirectory.Find(order.WorkDirectory) is null)
        {
            throw new OperationCanceledException($"{order.WorkDirectory}: the job is gone");
        }

        var tally = new SampleTally(completions, tokens);
        new JobDirectory(order.WorkDirectory).WriteBlock(order.Block, new BlockContent(lines, SamplingJson.Write(tally)));
        return tally;
    }
}
