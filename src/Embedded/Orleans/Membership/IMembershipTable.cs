namespace Orleans;

/// <summary>The table that the silos of a cluster share: one row a silo, one version for all rows, every change by compare and swap.</summary>
public interface IMembershipTable
{
    /// <summary>Makes the table if there is none.</summary>
    Task InitializeMembershipTable(bool tryInitTableVersion);

    /// <summary>Deletes all rows of a cluster.</summary>
    Task DeleteMembershipTableEntries(string clusterId);

    /// <summary>Deletes rows of silos that died before a time.</summary>
    Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate);

    /// <summary>Reads one row.</summary>
    Task<MembershipTableData> ReadRow(Runtime.SiloAddress key);

    /// <summary>Reads all rows.</summary>
    Task<MembershipTableData> ReadAll();

    /// <summary>Adds a row; false if the table has changed since <paramref name="tableVersion"/> was read, or has the row.</summary>
    Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion);

    /// <summary>Replaces a row; false if the row or the table has changed since it was read.</summary>
    Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion);

    /// <summary>Writes a silo's time stamp without a new version.</summary>
    Task UpdateIAmAlive(MembershipEntry entry);
}
