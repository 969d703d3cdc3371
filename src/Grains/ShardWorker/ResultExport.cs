using NSft.Grains.Run;
using NSft.Storage;

namespace NSft.Grains.ShardWorker;

/// <summary>Writes a trained model where a run's result is made: a folder, or by way of the local disk an address.</summary>
/// <param name="storage">Opens addresses.</param>
internal sealed class ResultExport(RunStorage storage)
{
    /// <summary>Writes a model.</summary>
    /// <param name="place">The folder or the address.</param>
    /// <param name="export">Writes it into a folder and gives the hash of its weights.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Hash of the weights.</returns>
    internal async Task<string> WriteAsync(string place, Func<string, Task<string>> export, CancellationToken cancellation)
    {
        if (!StoreAddress.IsBlob(place))
        {
            return await export(place);
        }

        var folder = storage.Scratch.Make();
        try
        {
            var hash = await export(folder);
            var result = new StoredResult(storage.Stores.Open(StoreAddress.Parse(place)));
            await storage.InsistAsync(() => result.ExportAsync(folder, hash, cancellation), cancellation);
            return hash;
        }
        finally
        {
            await Task.Run(() => ScratchFolder.Remove(folder), CancellationToken.None);
        }
    }
}
