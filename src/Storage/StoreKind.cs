namespace NSft.Storage;

/// <summary>Where objects lie.</summary>
public enum StoreKind
{
    /// <summary>In a folder.</summary>
    File,

    /// <summary>In a container of Azure Blob Storage, or of what speaks its protocol.</summary>
    Blob,
}
