// B rows, T tokens.
using NSft.Collectives;
using NSft.Model;
using NSft.Model.Conversation;
using TorchSharp;
using static TorchSharp.torch;

namespace NSft.Evaluation.Running;

/// <summary>Finds how likely a model is to give certain answers.</summary>
public static class LikelihoodScorer
{
    private const int BatchSize = 16;

    /// <summary>The likelihood of each answer, in order.</summary>
    /// <param name="options">Which model.</param>
    /// <param name="rows">What to score; at least one.</param>
    /// <param name="progress">Told of the number of rows scored; null for nobody.</param>
    /// <param name="cancellation">Ends the work between two batches.</param>
    /// <exception cref="UserInputException">Something cannot be used; names the row.</exception>
    public static async Task<IReadOnlyList<AnswerLikelihood>> ScoreAsync(
        AnswerOptions options, IReadOnlyList<AnswerToScore> rows, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rows);
        using ReplicaPool pool = ReplicaPool.Open(options with { ThreadCount = Math.Min(options.ThreadCount, (rows.Count + BatchSize - 1) / BatchSize) });
        using ImageFeatures features = new();
        EncodedRow[] encoded = [.. rows.Select((row, index) => Encode(pool.First, options, row, index))];
        AnswerLikelihood[] results = new AnswerLikelihood[encoded.Length];
        int done = 0;
        EncodedRow[][] batches = [.. encoded.OrderBy(row => row.Ids.Length).ThenBy(row => row.Index).Chunk(BatchSize)];
        await pool.ForEachAsync(batches, (replica, batch) =>
        {
            Score(replica, features, batch, results);
            progress?.Report(Interlocked.Add(ref done, batch.Length));
        }, cancellation).ConfigureAwait(false);
        return results;
    }

    private static EncodedRow Encode(ModelReplica replica, AnswerOptions options, AnswerToScore row, int index)
    {
        try
        {
            EncodedConversation encoded = replica.Encoder.Encode([new ConversationTurn(row.Question.Text, row.Answer)], hasImage: true);
            return new EncodedRow(index, Path.Combine(options.ImageDirectory, row.Question.Image), encoded.Ids, encoded.Labels);
        }
        catch (UserInputException error)
        {
            throw new UserInputException($"{row.Question.Id}: {error.Message}", error);
        }
    }

    private static void Score(ModelReplica replica, ImageFeatures features, EncodedRow[] batch, AnswerLikelihood[] results)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        int width = batch.Max(row => row.Ids.Length);
        long[] ids = new long[batch.Length * width];
        long[] labels = new long[batch.Length * width];
        Array.Fill(labels, LabelIds.Ignore);
        for (int row = 0; row < batch.Length; row++)
        {
            for (int column = 0; column < batch[row].Ids.Length; column++)
            {
                ids[(row * width) + column] = batch[row].Ids[column];
                labels[(row * width) + column] = batch[row].Labels[column];
            }
        }

        long[] shape = [batch.Length, width];
        Tensor vision = cat([.. batch.Select(row => features.Get(row.ImagePath, replica))], 0);
        TokenLogProbabilities tokens = SequenceLogProbabilities.Compute(replica.Model, tensor(ids, shape), vision, tensor(labels, shape));
        float[] values = tokens.Values.cpu().data<float>().ToArray();
        double[] sums = new double[batch.Length];
        for (int index = 0; index < values.Length; index++)
        {
            sums[tokens.Labels.Rows[index]] += values[index];
        }

        int[] counts = tokens.Labels.Counts;
        for (int row = 0; row < batch.Length; row++)
        {
            results[batch[row].Index] = new AnswerLikelihood(sums[row], counts[row]);
        }
    }

    private sealed record EncodedRow(int Index, string ImagePath, int[] Ids, int[] Labels);
}
