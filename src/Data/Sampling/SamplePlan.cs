using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NSft.Data.Sampling;

/// <summary>
/// Which prompts are answered together, and from which random streams. Both follow from the content of the prompts: not from the order of the
/// file, nor from who answers. Pure.
/// </summary>
/// <param name="Batches">Indices of the prompts of each batch; prompts of one image stand together.</param>
public sealed record SamplePlan(IReadOnlyList<int[]> Batches)
{
    /// <summary>Plans the batches.</summary>
    /// <param name="prompts">All prompts.</param>
    /// <param name="sampleCount">Samples of each prompt; at least 1.</param>
    /// <param name="batchSize">Samples that are answered together; at least 1. A prompt's samples are never parted.</param>
    public static SamplePlan Create(IReadOnlyList<SamplePrompt> prompts, int sampleCount, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        int together = Math.Max(1, batchSize / sampleCount);
        int[][] batches =
        [
            .. Enumerable.Range(0, prompts.Count)
                .OrderBy(index => prompts[index].Image, StringComparer.Ordinal)
                .ThenBy(index => prompts[index].Question.Length)
                .ThenBy(index => prompts[index].Question, StringComparer.Ordinal)
                .ThenBy(index => prompts[index].Key, StringComparer.Ordinal)
                .Chunk(together),
        ];
        return new SamplePlan(batches);
    }

    /// <summary>The random stream of one sample.</summary>
    /// <param name="promptKey">Key of the prompt.</param>
    /// <param name="sample">Number of the sample, from 0.</param>
    public static ulong StreamOf(string promptKey, int sample)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sample}\n{promptKey}"));
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(text));
    }
}
