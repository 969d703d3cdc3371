using NSft.Collectives;

namespace NSft.Storage;

/// <summary>
/// A place for objects: a folder (<c>file:/var/lib/nsft</c> or a plain path), or a prefix of a blob container (<c>azblob:container/prefix</c>
/// with the account from <see cref="StorageOptions"/>, or <c>azblob://account.blob.core.windows.net/container/prefix</c>).
/// </summary>
/// <param name="Kind">Which store.</param>
/// <param name="Account">Address of the account; null for the configured one. Blobs only.</param>
/// <param name="Container">The container; empty for folders.</param>
/// <param name="Path">Full path of the folder, or the prefix without slashes at its ends; may be empty for blobs.</param>
public sealed record StoreAddress(StoreKind Kind, Uri? Account, string Container, string Path)
{
    private const string FilePrefix = "file:";
    private const string BlobPrefix = "azblob:";

    /// <summary>Whether a text is an address of blobs, not a path.</summary>
    public static bool IsBlob(string text) => text.StartsWith(BlobPrefix, StringComparison.Ordinal);

    /// <summary>Reads an address.</summary>
    /// <exception cref="UserInputException">It has no container, or a name that the service refuses.</exception>
    public static StoreAddress Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (!IsBlob(text))
        {
            string path = text.StartsWith(FilePrefix, StringComparison.Ordinal) ? text[FilePrefix.Length..] : text;
            return new StoreAddress(StoreKind.File, null, string.Empty, System.IO.Path.GetFullPath(path));
        }

        string rest = text[BlobPrefix.Length..];
        int query = rest.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
        {
            // What follows is a signature as a rule: a secret, which no message repeats.
            throw new UserInputException($"{BlobPrefix}{rest[..query]}: an address has no query; a shared access signature belongs into Storage:ConnectionString");
        }

        Uri? account = null;
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            int end = rest.IndexOf('/', 2);
            account = end > 2 && Uri.TryCreate($"https:{rest[..end]}", UriKind.Absolute, out Uri? parsed)
                ? parsed
                : throw new UserInputException($"{text}: no container is named; write azblob://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX");
            rest = rest[(end + 1)..];
        }

        string[] parts = rest.Split('/', 2);
        return BlobNames.IsContainer(parts[0])
            ? new StoreAddress(StoreKind.Blob, account, parts[0], parts.Length > 1 ? parts[1].Trim('/') : string.Empty)
            : throw new UserInputException($"{text}: '{parts[0]}' is no container's name; 3 to 63 lower-case letters, digits and single hyphens are");
    }

    /// <summary>A place below this one.</summary>
    /// <param name="name">Parts separated by <c>/</c>.</param>
    public StoreAddress At(string name) => this with
    {
        Path = Kind == StoreKind.File ? System.IO.Path.Combine(Path, name) : Path.Length == 0 ? name : $"{Path}/{name}",
    };

    /// <summary>The place above this one, and this one's name there; the name is empty where there is nothing above.</summary>
    public (StoreAddress Parent, string Name) Split()
    {
        string path = Path.TrimEnd('/');
        int end = path.LastIndexOf('/');
        return (this with { Path = end < 0 ? string.Empty : Kind == StoreKind.File && end == 0 ? "/" : path[..end] }, path[(end + 1)..]);
    }

    /// <summary>The address as it is written.</summary>
    public override string ToString()
    {
        if (Kind == StoreKind.File)
        {
            return Path;
        }

        string root = Account is null ? $"{BlobPrefix}{Container}" : $"{BlobPrefix}//{Account.Authority}/{Container}";
        return Path.Length == 0 ? root : $"{root}/{Path}";
    }
}
