using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using NSft.Collectives;

namespace NSft.Storage.Blobs;

/// <summary>Connects to accounts with what the configuration gives: a connection string, a shared access signature, or an identity.</summary>
public static class BlobAccount
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    /// <summary>A client of the configured account, which tries passing failures again by itself.</summary>
    /// <exception cref="UserInputException">The configuration names no account, or not one that can be read.</exception>
    public static BlobServiceClient Connect(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Connect(options, null, new BlobClientOptions());
    }

    /// <summary>A client whose failures are told at once.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="account">Address of the account; null for the configured one.</param>
    internal static BlobServiceClient ConnectOnce(StorageOptions options, Uri? account)
    {
        BlobClientOptions client = new()
        {
            Retry = { MaxRetries = 0, NetworkTimeout = options.RequestTimeout },
            // One client per account lives as long as the process: connections are renewed so that a moved account is found.
            Transport = new HttpClientTransport(new SocketsHttpHandler
            {
                ConnectTimeout = ConnectLimit < options.RequestTimeout ? ConnectLimit : options.RequestTimeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                AllowAutoRedirect = false,
                UseCookies = false,
            }),
        };
        return Connect(options, account, client);
    }

    /// <summary>A client that sends its requests in a way of its own.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="account">Address of the account; null for the configured one.</param>
    /// <param name="client">How requests are sent.</param>
    /// <exception cref="UserInputException">The configuration names no account, or not one that can be read.</exception>
    internal static BlobServiceClient Connect(StorageOptions options, Uri? account, BlobClientOptions client)
    {
        if (options.ConnectionString is string text)
        {
            BlobServiceClient configured = Parse(text, client);
            if (account is null || configured.Uri.Authority == account.Authority)
            {
                return configured;
            }
        }

        Uri uri = account is not null && options.AccountUri?.Authority != account.Authority ? account
            : options.AccountUri ?? account
            ?? throw new UserInputException("blobs are addressed, but no account is configured: set Storage:ConnectionString or Storage:AccountUri (Storage__ConnectionString or Storage__AccountUri in the environment)");
        return uri.Query.Contains("sig=", StringComparison.Ordinal) ? new BlobServiceClient(uri, client) : new BlobServiceClient(uri, Identity(options), client);
    }

    private static DefaultAzureCredential Identity(StorageOptions options) => new(new DefaultAzureCredentialOptions
    {
        ManagedIdentityClientId = options.ManagedIdentityClientId,
        WorkloadIdentityClientId = options.ManagedIdentityClientId,
    });

    private static BlobServiceClient Parse(string text, BlobClientOptions client)
    {
        try
        {
            return new BlobServiceClient(text, client);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // Its message may quote what it could not read, and that is a secret: it is neither shown nor kept.
            throw new UserInputException("Storage:ConnectionString is no connection string of a storage account; its form is DefaultEndpointsProtocol=https;AccountName=NAME;AccountKey=KEY;EndpointSuffix=core.windows.net");
        }
    }
}
