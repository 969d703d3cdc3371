namespace NSft.Storage;

/// <summary>How blob accounts are reached. Section <c>Storage</c> of the configuration, or the environment (<c>Storage__ConnectionString</c>).</summary>
public sealed record StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>Connection string of the account: secret, never logged or stored. Null to use <see cref="AccountUri"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Address of the account (<c>https://ACCOUNT.blob.core.windows.net</c>), reached with the identity of the machine, pod or user.</summary>
    public Uri? AccountUri { get; init; }

    /// <summary>Client id of a managed identity; null for the default one.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>How long one request may take before it is tried again; 1 second to 10 minutes.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long passing failures are tried again before they are told; above zero, at most an hour.</summary>
    public TimeSpan RetryLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Blocks of one file under way at a time; 1 to 64.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Bytes of a block; 64 KiB to 100 MiB.</summary>
    public int BlockBytes { get; init; } = 8 << 20;
}
