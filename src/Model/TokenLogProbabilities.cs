// B rows, N labels.
using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Log-probabilities of a batch's label tokens.</summary>
/// <param name="Values">(N), float32, nats; in row order. Owned by the caller.</param>
/// <param name="Labels">Which row and target each belongs to.</param>
public sealed record TokenLogProbabilities(Tensor Values, LabelPositions Labels)
{
    /// <summary>Number of label tokens N.</summary>
    public int Count => Labels.Targets.Length;

    /// <summary>Sums over each row's labels, (B), float32; zero for a row without labels. Carries gradient when the values do.</summary>
    public Tensor SumByRow()
    {
        using var scope = NewDisposeScope();
        int[] counts = Labels.Counts;
        var sums = new List<Tensor>(counts.Length);
        long start = 0;
        foreach (int count in counts)
        {
            sums.Add(Values.narrow(0, start, count).sum());
            start += count;
        }

        return stack(sums).MoveToOuterDisposeScope();
    }
}
