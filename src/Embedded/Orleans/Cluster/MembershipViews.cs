using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>The membership views of a cluster.</summary>
internal sealed class MembershipViews
{
    private readonly Lock _gate = new();
    private View _current = new(new ClusterMembershipSnapshot(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, new MembershipVersion(0)));

    public ClusterMembershipSnapshot Current => Volatile.Read(ref _current).Snapshot;

    /// <summary>The active silos, sorted.</summary>
    public SiloAddress[] Active => [.. Current.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).Order()];

    /// <summary>Sets a silo's state; nothing happens if the silo is unknown and has no name, or dead.</summary>
    public void Update(SiloAddress silo, SiloStatus status, string? name = null)
    {
        View old;
        View next;
        lock (_gate)
        {
            old = _current;
            ImmutableDictionary<SiloAddress, ClusterMember> members = old.Snapshot.Members;
            ClusterMember? known = members.GetValueOrDefault(silo);
            if (known is null ? name is null : known.Status == status || known.Status == SiloStatus.Dead)
            {
                return;
            }

            ClusterMember member = new(silo, status, name ?? known!.Name);
            next = new View(new ClusterMembershipSnapshot(Forget(members, silo).SetItem(silo, member), new MembershipVersion(old.Snapshot.Version.Value + 1)));
            Volatile.Write(ref _current, next);
        }

        old.Next.TrySetResult(next);
    }

    /// <summary>Sets a view that was made elsewhere; false if it is no newer than the current one.</summary>
    public bool Publish(ClusterMembershipSnapshot snapshot)
    {
        View old;
        View next = new(snapshot);
        lock (_gate)
        {
            old = _current;
            if (snapshot.Version <= old.Snapshot.Version)
            {
                return false;
            }

            Volatile.Write(ref _current, next);
        }

        old.Next.TrySetResult(next);
        return true;
    }

    /// <summary>Waits until the current view is another than a known one.</summary>
    public Task WaitForChangeAsync(ClusterMembershipSnapshot known)
    {
        View view = Volatile.Read(ref _current);
        return view.Snapshot == known ? view.Next.Task : Task.CompletedTask;
    }

    /// <summary>The current view, then each later one.</summary>
    public async IAsyncEnumerable<ClusterMembershipSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        View view = Volatile.Read(ref _current);
        while (true)
        {
            yield return view.Snapshot;
            view = await view.Next.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A new silo replaces dead ones at its endpoint, so that the table does not grow with restarts.</summary>
    private static ImmutableDictionary<SiloAddress, ClusterMember> Forget(ImmutableDictionary<SiloAddress, ClusterMember> members, SiloAddress newcomer) =>
        members.RemoveRange(members.Values
            .Where(member => member.Status == SiloStatus.Dead && member.SiloAddress.Endpoint.Equals(newcomer.Endpoint) && !member.SiloAddress.Equals(newcomer))
            .Select(member => member.SiloAddress));

    private sealed class View(ClusterMembershipSnapshot snapshot)
    {
        public ClusterMembershipSnapshot Snapshot { get; } = snapshot;

        public TaskCompletionSource<View> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
