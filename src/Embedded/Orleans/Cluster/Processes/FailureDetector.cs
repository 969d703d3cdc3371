using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// Finds dead silos. A process that is gone refuses connections: it is declared dead at once. A process that is there but does
/// not answer probes is suspected in the table, and dead when enough silos suspect it.
/// </summary>
internal sealed class FailureDetector(Silo silo, SharedTable table, MembershipViews views, Action<long> gossip, ClusterMembershipOptions options)
{
    private const int Knocks = 12;
    private static readonly TimeSpan KnockPeriod = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan KnockPatience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SiloAddress, bool> _judged = new();

    /// <summary>The silos that this one probes: its successors among those that are not dead.</summary>
    public IReadOnlyCollection<SiloAddress> Monitored()
    {
        List<SiloAddress> others = [.. Others().Order()];
        int first = others.FindIndex(other => other.CompareTo(silo.Address) > 0);
        first = first < 0 ? 0 : first;
        return [.. others.Skip(first).Concat(others.Take(first)).Take(options.NumProbedSilos)];
    }

    /// <summary>The other silos that are not dead.</summary>
    public IEnumerable<SiloAddress> Others() => views.Current.Members.Values
        .Where(member => member.Status != SiloStatus.Dead && !member.SiloAddress.Equals(silo.Address))
        .Select(member => member.SiloAddress);

    /// <summary>A silo does not answer probes. One that still joins may have no time for that: it must be gone to be dead.</summary>
    public void Suspect(SiloAddress peer) => _ = JudgeAsync(
        peer,
        () => views.Current.GetSiloStatus(peer) == SiloStatus.Joining ? DeclareIfGoneAsync(peer, knocks: 1) : VoteAsync(peer));

    /// <summary>The connection with a silo broke.</summary>
    public void ConnectionLost(SiloAddress peer)
    {
        if (views.Current.GetSiloStatus(peer) is not (SiloStatus.Dead or SiloStatus.None))
        {
            _ = JudgeAsync(peer, () => DeclareIfGoneAsync(peer, Knocks));
        }
    }

    /// <summary>Declares dead whoever of the others is not there any more, as after the death of all processes at once.</summary>
    public Task CheckAllAsync() => Task.WhenAll(Others().ToList().Select(peer => DeclareIfGoneAsync(peer, knocks: 1)));

    /// <summary>Declares a silo dead; false if it is no member.</summary>
    public async Task<bool> DeclareAsync(SiloAddress peer, string reason)
    {
        bool isMember = false;
        long? version = await table.ChangeAsync(data =>
        {
            MembershipEntry? row = data.TryGet(peer)?.Item1;
            isMember = row is not null;
            return row is null || row.Status == SiloStatus.Dead ? null : SharedTable.With(row, SiloStatus.Dead);
        }).ConfigureAwait(false);
        if (version is { } made)
        {
            Log.Declared(silo.Logger, silo.Address, peer, reason);
            gossip(made);
        }

        return isMember;
    }

    private async Task JudgeAsync(SiloAddress peer, Func<Task> judge)
    {
        if (!_judged.TryAdd(peer, true))
        {
            return;
        }

        try
        {
            await judge().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.TableFailed(silo.Logger, silo.Address, error);
        }
        finally
        {
            _judged.TryRemove(peer, out _);
        }
    }

    private async Task VoteAsync(SiloAddress peer)
    {
        if (await IsGoneAsync(peer).ConfigureAwait(false))
        {
            await DeclareAsync(peer, "its process is gone").ConfigureAwait(false);
            return;
        }

        bool isDead = false;
        DateTime now = silo.Now.UtcDateTime;
        long? version = await table.ChangeAsync(data =>
        {
            MembershipEntry? row = data.TryGet(peer)?.Item1;
            if (row is null || row.Status == SiloStatus.Dead)
            {
                return null;
            }

            List<SiloAddress> voters = [.. (row.SuspectTimes ?? [])
                .Where(vote => now - vote.Item2 < options.DeathVoteExpirationTimeout && IsActive(data, vote.Item1))
                .Select(vote => vote.Item1)];
            if (voters.Contains(silo.Address))
            {
                return null;
            }

            int active = data.Members.Count(one => one.Item1.Status == SiloStatus.Active);
            isDead = voters.Count + 1 >= Math.Min(options.NumVotesForDeathDeclaration, (active + 1) / 2);
            MembershipEntry changed = SharedTable.With(row, isDead ? SiloStatus.Dead : row.Status);
            changed.AddSuspector(silo.Address, now);
            return changed;
        }).ConfigureAwait(false);
        if (version is { } made)
        {
            if (isDead)
            {
                Log.Declared(silo.Logger, silo.Address, peer, "it does not answer probes");
            }

            gossip(made);
        }
    }

    private async Task DeclareIfGoneAsync(SiloAddress peer, int knocks)
    {
        for (int knock = 0; knock < knocks && !silo.IsClosed && views.Current.GetSiloStatus(peer) != SiloStatus.Dead; knock++)
        {
            if (await IsGoneAsync(peer).ConfigureAwait(false))
            {
                await DeclareAsync(peer, "its process is gone").ConfigureAwait(false);
                return;
            }

            // A process that is being killed closes its listening socket some time after its connections.
            await Task.Delay(KnockPeriod, silo.Time).ConfigureAwait(false);
        }
    }

    private static bool IsActive(MembershipTableData data, SiloAddress voter) => data.TryGet(voter)?.Item1.Status == SiloStatus.Active;

    /// <summary>Whether nobody listens at a silo's endpoint; a stopped process still does.</summary>
    private static async Task<bool> IsGoneAsync(SiloAddress peer)
    {
        using Socket socket = new(peer.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource limit = new(KnockPatience);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(peer.Endpoint.Address, peer.Endpoint.Port), limit.Token).ConfigureAwait(false);
            return false;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
