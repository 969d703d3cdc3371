using System.Diagnostics.CodeAnalysis;
using Azure.Storage.Blobs;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Settings of a store in a container of Azure Blob Storage.</summary>
public class AzureBlobStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The container that counts when none is set.</summary>
    public const string DEFAULT_CONTAINER_NAME = "grainstate";

    /// <summary>The container; made when it is not there.</summary>
    public string ContainerName { get; set; } = DEFAULT_CONTAINER_NAME;

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

    /// <summary>Reaches the account.</summary>
    [DisallowNull]
    public BlobServiceClient? BlobServiceClient
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>Whether cleared state is deleted; otherwise an empty blob stays.</summary>
    public bool DeleteStateOnClear { get; set; } = true;
}
