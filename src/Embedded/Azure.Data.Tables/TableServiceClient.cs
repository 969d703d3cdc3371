using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Names an account's tables. The embedded engine, which runs on one machine, refuses them before anything is asked.</summary>
public class TableServiceClient
{
    /// <summary>Names the tables that an identity reaches.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(tokenCredential);
        Uri = endpoint;
    }

    /// <summary>Address of the tables.</summary>
    public virtual Uri Uri { get; }
}
