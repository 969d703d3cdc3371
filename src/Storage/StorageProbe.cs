using System.Text;
using NSft.Collectives;

namespace NSft.Storage;

/// <summary>
/// Tries a store before it is needed: account and credentials are right, the container is there or can be made, objects can be written, read and
/// deleted. A mistake in the configuration is told in seconds and not after the first hour of training.
/// </summary>
public static class StorageProbe
{
    private const string Prefix = "nsft-probe-";

    private static readonly TimeSpan RetryLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Writes an object at an address, reads it back and deletes it.</summary>
    /// <param name="options">How accounts are reached.</param>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="UserInputException">It cannot be used; says why.</exception>
    public static async Task EnsureWritableAsync(StorageOptions options, StoreAddress address, CancellationToken cancellationToken)
    {
        IObjectStore store = Open(options, address);
        string name = Prefix + Guid.NewGuid().ToString("N");
        byte[] content = Encoding.ASCII.GetBytes(name);
        await store.WriteAsync(name, content, WriteCondition.IfAbsent, cancellationToken).ConfigureAwait(false);
        StoredContent? read = await store.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (read is null || !read.Content.Span.SequenceEqual(content))
        {
            throw new UserInputException($"{address}: does not give back what was written to it; is this the account that it should be?");
        }

        await store.DeleteAsync(name, WriteCondition.IfMatch(read.Facts.ETag), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks whether there is anything at an address.</summary>
    /// <param name="options">How accounts are reached.</param>
    /// <param name="address">The address: of one object, or of several.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="UserInputException">There is nothing, or it cannot be reached; says why.</exception>
    public static async Task EnsureReadableAsync(StorageOptions options, StoreAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Kind == StoreKind.File && File.Exists(address.Path))
        {
            return;
        }

        if (await Open(options, address).ListAsync(string.Empty, cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        (StoreAddress parent, string name) = address.Split();
        if (name.Length == 0 || await Open(options, parent).FindAsync(name, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new UserInputException($"{address}: nothing is there; check container and prefix (nsft store ls lists them)");
        }
    }

    private static IObjectStore Open(StorageOptions options, StoreAddress address)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ObjectStores(options with
        {
            RetryLimit = Shorter(options.RetryLimit, RetryLimit),
            RequestTimeout = Shorter(options.RequestTimeout, RequestTimeout),
        }).Open(address);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
