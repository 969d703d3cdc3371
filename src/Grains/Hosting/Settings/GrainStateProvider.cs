namespace NSft.Grains.Hosting.Settings;

/// <summary>Where grains keep what they must not forget.</summary>
public enum GrainStateProvider
{
    /// <summary>In the memory of one process, and gone with it.</summary>
    Memory,

    /// <summary>In files of the state directory.</summary>
    Directory,

    /// <summary>In a container of Azure Blob Storage, or of what speaks its protocol.</summary>
    AzBlob,
}
