namespace Orleans.Runtime;

/// <summary>
/// The grain directory, where this silo is the one that keeps it: the oldest active silo, or the oldest at all while none is
/// active. Whoever becomes the keeper first asks all silos for their activations; questions wait for that. The answers are
/// complete because a silo takes the new membership before it answers: what it starts later it registers here.
/// </summary>
internal sealed class DirectoryKeeper(Silo silo, MembershipViews views, SharedTable table, ControlChannel channel, TimeSpan patience)
{
    private readonly Lock _gate = new();
    private Reign? _reign;
    private bool _isClosed;

    /// <summary>The silo that keeps the directory in a view; null for none.</summary>
    public static SiloAddress? Of(ClusterMembershipSnapshot view) =>
        Oldest(view, status => status == SiloStatus.Active) ?? Oldest(view, status => status is SiloStatus.ShuttingDown or SiloStatus.Stopping);

    /// <summary>A view has become current.</summary>
    public void OnView(ClusterMembershipSnapshot view, IReadOnlyCollection<SiloAddress> dead)
    {
        lock (_gate)
        {
            if (!silo.Address.Equals(Of(view)) || _isClosed)
            {
                _reign = null;
            }
            else if (_reign is null)
            {
                GrainDirectory entries = new(views);
                using (FlowBarrier.Enter())
                {
                    _reign = new Reign(entries, Task.Run(() => CollectAsync(entries, view)));
                }
            }
            else
            {
                foreach (SiloAddress gone in dead)
                {
                    _reign.Entries.RemoveSilo(gone);
                }
            }
        }
    }

    /// <summary>Answers nothing any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _reign = null;
        }
    }

    /// <summary>Answers a question of any silo.</summary>
    public async ValueTask<DirectoryAnswer> AnswerAsync(DirectoryQuestion question)
    {
        await table.RefreshToAsync(question.Version).ConfigureAwait(false);
        while (true)
        {
            Reign? reign = Volatile.Read(ref _reign);
            if (reign is null)
            {
                return new DirectoryAnswer(false, null, 0);
            }

            if (!reign.Ready.IsCompletedSuccessfully)
            {
                await reign.Ready.ConfigureAwait(false);
            }

            lock (_gate)
            {
                if (_reign == reign)
                {
                    return Answer(reign.Entries, question);
                }
            }
        }
    }

    /// <summary>The activations here that a directory lists.</summary>
    public Inventory TakeInventory() => new([.. silo.Catalog.All
        .Where(activation => activation.Class.Placement is not StatelessWorkerPlacement && !activation.IsEnded)
        .Select(activation => activation.Address)]);

    private static SiloAddress? Oldest(ClusterMembershipSnapshot view, Func<SiloStatus, bool> counts) =>
        view.Members.Values.Where(member => counts(member.Status)).Select(member => member.SiloAddress).Min();

    private DirectoryAnswer Answer(GrainDirectory entries, DirectoryQuestion question)
    {
        GrainAddress subject = question.Subject;
        switch (question.Kind)
        {
            case DirectoryQuestionKind.Lookup:
                return new DirectoryAnswer(true, entries.Find(subject.GrainId), 0);
            case DirectoryQuestionKind.Place:
                return new DirectoryAnswer(true, entries.Place(new PlacementRequest(subject.GrainId, subject.SiloAddress!, question.Hint)), 0);
            case DirectoryQuestionKind.Register:
                bool lives = views.Current.GetSiloStatus(subject.SiloAddress!) is not (SiloStatus.Dead or SiloStatus.None);
                return new DirectoryAnswer(true, null, lives && entries.Register(subject) ? 1 : 0);
            case DirectoryQuestionKind.Unregister:
                entries.Unregister(subject);
                return new DirectoryAnswer(true, null, 0);
            default:
                return new DirectoryAnswer(true, null, entries.Count);
        }
    }

    private async Task CollectAsync(GrainDirectory entries, ClusterMembershipSnapshot view)
    {
        List<Task<(SiloAddress Silo, Inventory Found)>> questions = [];
        foreach (ClusterMember member in view.Members.Values.Where(member => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping))
        {
            questions.Add(AskAsync(member.SiloAddress, view));
        }

        int count = 0;
        foreach ((SiloAddress holder, Inventory found) in (await Task.WhenAll(questions).ConfigureAwait(false)).OrderBy(answer => answer.Silo))
        {
            if (views.Current.GetSiloStatus(holder) == SiloStatus.Dead)
            {
                continue;
            }

            foreach (GrainAddress activation in found.Activations)
            {
                count++;
                if (!entries.Register(activation))
                {
                    channel.Tell(holder, new DuplicateFound(activation));
                }
            }
        }

        // Who died while the others answered is not there any more.
        foreach (ClusterMember member in views.Current.Members.Values.Where(member => member.Status == SiloStatus.Dead))
        {
            entries.RemoveSilo(member.SiloAddress);
        }

        Log.KeepsDirectory(silo.Logger, silo.Address, view.Version.Value, count);
    }

    private async Task<(SiloAddress Silo, Inventory Found)> AskAsync(SiloAddress holder, ClusterMembershipSnapshot view)
    {
        if (holder.Equals(silo.Address))
        {
            return (holder, TakeInventory());
        }

        while (!silo.IsClosed && views.Current.GetSiloStatus(holder) is not (SiloStatus.Dead or SiloStatus.None))
        {
            ClusterMembershipSnapshot current = views.Current;
            try
            {
                return (holder, await channel.AskAsync<Inventory>(holder, new InventoryQuestion(view.Version.Value), patience).ConfigureAwait(false));
            }
            catch (Exception error)
            {
                // It answers when it is asked again, or the membership tells that it is dead.
                Log.ControlFailed(silo.Logger, holder, error);
                await Task.WhenAny(views.WaitForChangeAsync(current), Task.Delay(TimeSpan.FromMilliseconds(50), silo.Time)).ConfigureAwait(false);
            }
        }

        return (holder, new Inventory([]));
    }

    private sealed record Reign(GrainDirectory Entries, Task Ready);
}
