// R rows, T tokens, P features of an image, D width of the vision tower.
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>The tensors of one pass.</summary>
/// <param name="Term">The objective's term.</param>
/// <param name="Ids">(R, T), int64, padded on the right.</param>
/// <param name="Labels">(R, T), int64, not shifted; -100 where nothing is trained.</param>
/// <param name="Features">(R, P, D), one image a row.</param>
internal sealed record PassBatch(int Term, Tensor Ids, Tensor Labels, Tensor Features) : IDisposable
{
    /// <summary>Number of rows.</summary>
    internal long RowCount => Ids.shape[0];

    public void Dispose()
    {
        Ids.Dispose();
        Labels.Dispose();
        Features.Dispose();
    }
}
