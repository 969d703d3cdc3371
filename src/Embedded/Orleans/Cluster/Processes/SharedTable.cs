using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>This silo's use of the membership table: reads make views, changes are retried until they are made or not wanted any more.</summary>
internal sealed class SharedTable(Silo silo, IMembershipTable table, MembershipViews views) : IDisposable
{
    private const int Tries = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Is told of each view that became current, with the one before; calls do not overlap.</summary>
    public required Action<ClusterMembershipSnapshot, ClusterMembershipSnapshot> Changed { get; init; }

    /// <summary>Makes the table if there is none.</summary>
    public Task InitializeAsync() => table.InitializeMembershipTable(true);

    /// <summary>Reads the table.</summary>
    public async Task<MembershipTableData> RefreshAsync()
    {
        MembershipTableData data = await table.ReadAll().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            ClusterMembershipSnapshot before = views.Current;
            ClusterMembershipSnapshot view = ToView(data);
            if (views.Publish(view))
            {
                Changed(before, view);
            }
        }
        finally
        {
            _turn.Release();
        }

        return data;
    }

    /// <summary>Reads the table unless the view is as new as a version.</summary>
    public Task RefreshToAsync(long version) => views.Current.Version.Value >= version ? Task.CompletedTask : RefreshAsync();

    /// <summary>
    /// Changes one row. <paramref name="change"/> is given the newest rows and returns the changed row, or null if there is nothing
    /// to do; it may be asked again. A silo that finds itself dead changes nothing.
    /// </summary>
    /// <returns>The new view's version; null if there was nothing to do.</returns>
    /// <exception cref="OrleansException">Others changed the table all the time.</exception>
    public async Task<long?> ChangeAsync(Func<MembershipTableData, MembershipEntry?> change)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            MembershipTableData data = await RefreshAsync().ConfigureAwait(false);
            if (IsDead(data) || change(data) is not { } entry)
            {
                return null;
            }

            TableVersion next = data.Version.Next();
            Tuple<MembershipEntry, string>? row = data.TryGet(entry.SiloAddress);
            bool isDone = row is null
                ? await table.InsertRow(entry, next).ConfigureAwait(false)
                : await table.UpdateRow(entry, row.Item2, next).ConfigureAwait(false);
            if (isDone)
            {
                await RefreshAsync().ConfigureAwait(false);
                return next.Version;
            }

            await Task.Delay(Pause * (1 + (attempt % 4)), silo.Time).ConfigureAwait(false);
        }

        throw new OrleansException($"The silo {silo.Address} could not change the membership table: others changed it each time.");
    }

    /// <summary>Writes that this silo lives.</summary>
    public Task SayAliveAsync() => table.UpdateIAmAlive(new MembershipEntry { SiloAddress = silo.Address, IAmAliveTime = silo.Now.UtcDateTime });

    /// <summary>Deletes rows of silos that are long dead.</summary>
    public Task CleanUpAsync(DateTimeOffset before) => table.CleanupDefunctSiloEntries(before);

    /// <summary>A row with another state.</summary>
    public static MembershipEntry With(MembershipEntry row, SiloStatus status) => new()
    {
        SiloAddress = row.SiloAddress,
        Status = status,
        SuspectTimes = row.SuspectTimes is null ? null : [.. row.SuspectTimes],
        ProxyPort = row.ProxyPort,
        HostName = row.HostName,
        SiloName = row.SiloName,
        RoleName = row.RoleName,
        UpdateZone = row.UpdateZone,
        FaultZone = row.FaultZone,
        StartTime = row.StartTime,
        IAmAliveTime = row.IAmAliveTime,
    };

    public void Dispose() => _turn.Dispose();

    private static ClusterMembershipSnapshot ToView(MembershipTableData data) => new(
        data.Members.ToImmutableDictionary(
            row => row.Item1.SiloAddress,
            row => new ClusterMember(row.Item1.SiloAddress, row.Item1.Status, row.Item1.SiloName ?? "")),
        new MembershipVersion(data.Version.Version));

    private bool IsDead(MembershipTableData data) => data.TryGet(silo.Address)?.Item1.Status == SiloStatus.Dead;
}
