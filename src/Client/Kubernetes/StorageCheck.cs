using NSft.Collectives;
using NSft.Grains.Hosting.Settings;
using NSft.Storage;

namespace NSft.Client.Kubernetes;

/// <summary>Tries the object store of the silos from this console, which has the same settings.</summary>
internal static class StorageCheck
{
    private const string Subject = "storage";

    /// <summary>Writes, reads and deletes an object where grains keep their state.</summary>
    /// <returns>What came of it; null where this console is not configured with an object store.</returns>
    public static async Task<Finding?> RunAsync(NSftConfiguration configuration, CancellationToken cancellation)
    {
        if (configuration.StateProvider != GrainStateProvider.AzBlob)
        {
            return null;
        }

        StoreAddress address = StoreAddress.Parse($"azblob:{configuration.State.Container}");
        try
        {
            await StorageProbe.EnsureWritableAsync(configuration.Storage, address, cancellation).ConfigureAwait(false);
            return new Finding(FindingLevel.Good, Subject, $"{address} can be written and read");
        }
        catch (UserInputException problem)
        {
            return new Finding(FindingLevel.Fault, Subject, problem.Message, "silos have the same settings: mend the secret nsft-storage, or the account's network rules and roles");
        }
    }
}
