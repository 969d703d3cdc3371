using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;

namespace NSft.Grains.Tests.Testing;

/// <summary>A membership that a test changes.</summary>
internal sealed class ScriptedMembership : IClusterMembershipService
{
    private ImmutableDictionary<SiloAddress, ClusterMember> _members = ImmutableDictionary<SiloAddress, ClusterMember>.Empty;
    private long _version;

    public ClusterMembershipSnapshot CurrentSnapshot => new(_members, new MembershipVersion(_version));

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    /// <summary>Address of the silo of a number, in the parsable form.</summary>
    internal static string NameOf(int silo) => AddressOf(silo).ToParsableString();

    internal void Set(int silo, SiloStatus status)
    {
        _members = _members.SetItem(AddressOf(silo), new ClusterMember(AddressOf(silo), status, $"silo-{silo}"));
        _version++;
    }

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    private static SiloAddress AddressOf(int silo) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 10_000 + silo), 1);
}
