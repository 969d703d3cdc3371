using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>
/// The grain directory of several processes, as one silo uses it: it asks the silo that keeps the directory, remembers where
/// grains were found, and asks the next keeper if that one dies.
/// </summary>
internal sealed class SharedDirectory(Silo silo, MembershipViews views, SharedTable table, ControlChannel channel, DirectoryKeeper keeper) : IGrainLocator
{
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<GrainId, SiloAddress> _known = new();

    public bool IsCached => true;

    public async ValueTask<SiloAddress?> LookupAsync(GrainId id) =>
        (await AskAsync(DirectoryQuestionKind.Lookup, new GrainAddress { GrainId = id, SiloAddress = silo.Address }, null).ConfigureAwait(false)).Silo;

    public ValueTask<SiloAddress?> PlaceAsync(PlacementRequest request, bool isCertain) =>
        !isCertain && _known.TryGetValue(request.Grain, out SiloAddress? known) && views.Current.GetSiloStatus(known) == SiloStatus.Active
            ? new(known)
            : new(AskForPlaceAsync(request));

    public async ValueTask<bool> RegisterAsync(GrainAddress address) =>
        (await AskAsync(DirectoryQuestionKind.Register, address, null).ConfigureAwait(false)).Number == 1;

    public async ValueTask UnregisterAsync(GrainAddress address)
    {
        _known.TryRemove(address.GrainId, out _);
        await AskAsync(DirectoryQuestionKind.Unregister, address, null).ConfigureAwait(false);
    }

    public async ValueTask<int> CountAsync() =>
        (await AskAsync(DirectoryQuestionKind.Count, new GrainAddress { SiloAddress = silo.Address }, null).ConfigureAwait(false)).Number;

    /// <summary>Forgets what was on silos that are dead.</summary>
    public void Forget(IReadOnlyCollection<SiloAddress> dead)
    {
        foreach ((GrainId id, SiloAddress place) in _known)
        {
            if (dead.Contains(place))
            {
                _known.TryRemove(id, out _);
            }
        }
    }

    private async Task<SiloAddress?> AskForPlaceAsync(PlacementRequest request)
    {
        GrainAddress subject = new() { GrainId = request.Grain, SiloAddress = request.Asker };
        SiloAddress? place = (await AskAsync(DirectoryQuestionKind.Place, subject, request.Hint).ConfigureAwait(false)).Silo;
        if (place is not null)
        {
            if (_known.Count >= MostRemembered)
            {
                _known.Clear();
            }

            _known[request.Grain] = place;
            if (views.Current.GetSiloStatus(place) == SiloStatus.Dead)
            {
                // The death was told while the answer was on its way; nobody else would forget the place.
                _known.TryRemove(request.Grain, out _);
            }
        }
        else
        {
            _known.TryRemove(request.Grain, out _);
        }

        return place;
    }

    private async Task<DirectoryAnswer> AskAsync(DirectoryQuestionKind kind, GrainAddress subject, SiloAddress? hint)
    {
        long begin = silo.Time.GetTimestamp();
        while (!silo.IsClosed)
        {
            ClusterMembershipSnapshot view = views.Current;
            DirectoryQuestion question = new(kind, view.Version.Value, subject, hint);
            TimeSpan left = silo.ResponseTimeout - silo.Time.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            if (DirectoryKeeper.Of(view) is { } place && await TryAskAsync(place, question, left).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }

            await Task.WhenAny(views.WaitForChangeAsync(view), Task.Delay(Pause, silo.Time)).ConfigureAwait(false);
        }

        throw new SiloUnavailableException(silo.IsClosed
            ? $"The silo {silo.Address} has stopped."
            : $"The grain directory did not answer in {silo.ResponseTimeout} where {subject.GrainId} is.");
    }

    /// <summary>Null if the silo is gone or does not keep the directory.</summary>
    private async Task<DirectoryAnswer?> TryAskAsync(SiloAddress place, DirectoryQuestion question, TimeSpan patience)
    {
        if (place.Equals(silo.Address))
        {
            DirectoryAnswer own = await keeper.AnswerAsync(question).ConfigureAwait(false);
            return own.IsKeeper ? own : null;
        }

        try
        {
            DirectoryAnswer answer = await channel.AskAsync<DirectoryAnswer>(place, question, patience).ConfigureAwait(false);
            if (answer.IsKeeper)
            {
                return answer;
            }

            await table.RefreshAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is SiloUnavailableException or TimeoutException)
        {
            // The membership soon tells who keeps the directory now.
        }

        return null;
    }
}
