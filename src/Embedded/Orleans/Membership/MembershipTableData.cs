using Orleans.Runtime;

namespace Orleans;

/// <summary>The rows of a membership table with their ETags, as of one version.</summary>
public class MembershipTableData
{
    /// <summary>Sets all.</summary>
    public MembershipTableData(List<Tuple<MembershipEntry, string>> list, TableVersion version)
    {
        Members = list;
        Version = version;
    }

    /// <summary>One row.</summary>
    public MembershipTableData(Tuple<MembershipEntry, string> tuple, TableVersion version)
        : this([tuple], version)
    {
    }

    /// <summary>No rows.</summary>
    public MembershipTableData(TableVersion version)
        : this([], version)
    {
    }

    /// <summary>Rows and ETags.</summary>
    public IReadOnlyList<Tuple<MembershipEntry, string>> Members { get; }

    /// <summary>The version.</summary>
    public TableVersion Version { get; }

    /// <summary>The row of a silo; null if there is none.</summary>
    public Tuple<MembershipEntry, string>? TryGet(SiloAddress silo) => Members.FirstOrDefault(row => row.Item1.SiloAddress.Equals(silo));

    /// <inheritdoc/>
    public override string ToString() => $"{Version}: {string.Join(", ", Members.Select(row => row.Item1))}";
}
