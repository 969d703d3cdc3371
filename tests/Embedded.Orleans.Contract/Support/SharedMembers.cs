using System.Globalization;
using Orleans.Messaging;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>A membership table in memory, as a clustering provider would offer it to silos and clients.</summary>
internal sealed class SharedMembers : IMembershipTable, IGatewayListProvider
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, string Etag)> _rows = [];
    private int _version;

    public TimeSpan MaxStaleness => TimeSpan.FromMilliseconds(200);

    public bool IsUpdatable => true;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => CleanupDefunctSiloEntries(DateTimeOffset.MaxValue);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        lock (_gate)
        {
            foreach (SiloAddress gone in _rows.Where(row => row.Value.Entry.Status == SiloStatus.Dead && row.Value.Entry.StartTime < beforeDate.UtcDateTime).Select(row => row.Key).ToList())
            {
                _rows.Remove(gone);
                _version++;
            }
        }

        return Task.CompletedTask;
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        MembershipTableData all = await ReadAll();
        return all.TryGet(key) is { } row ? new MembershipTableData(row, all.Version) : new MembershipTableData(all.Version);
    }

    public Task<MembershipTableData> ReadAll()
    {
        lock (_gate)
        {
            return Task.FromResult(new MembershipTableData([.. _rows.Values.Select(row => Tuple.Create(Copy(row.Entry), row.Etag))], Version()));
        }
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Write(entry, null, tableVersion);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Write(entry, etag, tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_gate)
        {
            if (_rows.TryGetValue(entry.SiloAddress, out (MembershipEntry Entry, string Etag) row))
            {
                row.Entry.IAmAliveTime = entry.IAmAliveTime;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IList<Uri>> GetGateways()
    {
        lock (_gate)
        {
            return Task.FromResult<IList<Uri>>([.. _rows.Values
                .Select(row => row.Entry)
                .Where(entry => entry.Status == SiloStatus.Active)
                .Select(entry => new Uri(string.Create(CultureInfo.InvariantCulture, $"gwy.tcp://{entry.SiloAddress.Endpoint.Address}:{entry.ProxyPort}/0")))]);
        }
    }

    private static MembershipEntry Copy(MembershipEntry entry) => new()
    {
        SiloAddress = entry.SiloAddress,
        Status = entry.Status,
        SuspectTimes = entry.SuspectTimes is null ? null : [.. entry.SuspectTimes],
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        RoleName = entry.RoleName,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = entry.StartTime,
        IAmAliveTime = entry.IAmAliveTime,
    };

    private Task<bool> Write(MembershipEntry entry, string? etag, TableVersion version)
    {
        lock (_gate)
        {
            string? known = _rows.TryGetValue(entry.SiloAddress, out (MembershipEntry Entry, string Etag) row) ? row.Etag : null;
            if (known != etag || version.Version != _version + 1)
            {
                return Task.FromResult(false);
            }

            _version++;
            _rows[entry.SiloAddress] = (Copy(entry), Version().VersionEtag);
            return Task.FromResult(true);
        }
    }

    private TableVersion Version() => new(_version, _version.ToString(CultureInfo.InvariantCulture));
}
