using NSft.Collectives;

namespace NSft.Storage;

/// <summary>
/// Objects below one address. A name is parts separated by <c>/</c>, without <c>\</c> and control characters, none ending with <c>.</c>. An object
/// appears whole or not at all, and once it is there a crash of its writer does not change it. All members may be used at once from many threads.
/// </summary>
/// <remarks>
/// Passing failures (timeouts, 429, 500, 503, a broken connection) are tried again; a write whose answer was lost is recognised as done.
/// What remains is a <see cref="UserInputException"/> that names the address and what to do, or a <see cref="StoreConflictException"/>.
/// </remarks>
public interface IObjectStore
{
    /// <summary>The address.</summary>
    StoreAddress Address { get; }

    /// <summary>Looks an object up.</summary>
    /// <returns>What is known of it; null when it is not there.</returns>
    Task<ObjectFacts?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists objects, in the order of their names (ordinal).</summary>
    /// <param name="prefix">What their names begin with; empty for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<ObjectFacts> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Reads a small object whole; its hash is checked where it is known.</summary>
    /// <returns>Content and ETag; null when it is not there.</returns>
    Task<StoredContent?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a small object whole.</summary>
    /// <exception cref="StoreConflictException">The condition does not hold.</exception>
    Task<ObjectFacts> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>Adds bytes to the end of an object, which is made when it is not there: lines of a journal.</summary>
    /// <param name="name">The object; written by this member only.</param>
    /// <param name="content">At most 4 MB, kept together.</param>
    /// <param name="expectedBytes">Size that the object must have before; the fence between two writers.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The size afterwards.</returns>
    /// <exception cref="StoreConflictException">It has another size.</exception>
    Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken);

    /// <summary>Stores a file of any size: blocks in parallel, taken up again where an interrupted transfer ended.</summary>
    /// <param name="name">The object.</param>
    /// <param name="path">The file.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="progress">Told of bytes that are done; null for nobody.</param>
    /// <param name="cancellationToken">Gives it up; what was transferred is used by the next try.</param>
    /// <exception cref="StoreConflictException">The condition does not hold.</exception>
    Task<ObjectFacts> UploadAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Fetches an object into a file, which appears whole or not at all: ranges in parallel, taken up again, hash checked.</summary>
    /// <exception cref="UserInputException">It is not there, its bytes do not have its hash, or the file cannot be written.</exception>
    Task<ObjectFacts> DownloadAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    /// <exception cref="StoreConflictException">The condition does not hold.</exception>
    Task DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken);
}
