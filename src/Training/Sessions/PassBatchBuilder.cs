using NSft.Model.Conversation;
using NSft.Training.Plans;
using NSft.Training.Samples;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>Makes the tensors of a pass from encoded samples.</summary>
/// <param name="samples">The run's samples.</param>
/// <param name="features">Vision features by image.</param>
/// <param name="paddingId">Id of padding tokens.</param>
/// <param name="isPreference">Whether a pass holds both answers of each sample: all chosen ones, then all others.</param>
internal sealed class PassBatchBuilder(
    IReadOnlyList<TrainingSample> samples, VisionFeatureSpool features, int paddingId, bool isPreference)
{
    /// <summary>Builds a pass; the caller disposes it.</summary>
    internal PassBatch Build(TrainingPass pass)
    {
        TrainingSample[] chosen = [.. pass.Samples.Select(index => samples[index])];
        (EncodedConversation Text, string Image)[] rows = isPreference
            ? [.. chosen.Select(sample => (sample.Chosen, sample.ImagePath)), .. chosen.Select(sample => (sample.Other!, sample.ImagePath))]
            : [.. chosen.Select(sample => (pass.Term == 0 ? sample.Chosen : sample.Other!, sample.ImagePath))];
        var ids = new long[rows.Length * pass.PaddedLength];
        var labels = new long[ids.Length];
        Array.Fill(ids, paddingId);
        Array.Fill(labels, LabelIds.Ignore);
        for (int row = 0; row < rows.Length; row++)
        {
            int start = row * pass.PaddedLength;
            for (int i = 0; i < rows[row].Text.Ids.Length; i++)
            {
                ids[start + i] = rows[row].Text.Ids[i];
                labels[start + i] = rows[row].Text.Labels[i];
            }
        }

        long[] shape = [rows.Length, pass.PaddedLength];
        return new PassBatch(pass.Term, tensor(ids, shape), tensor(labels, shape), features.Get([.. rows.Select(row => row.Image)]));
    }
}
