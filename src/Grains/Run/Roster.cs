using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>The workers of a run, in the order of their keys, which is the order in which they were made.</summary>
/// <param name="runId">The run.</param>
internal sealed class Roster(string runId)
{
    private readonly SortedDictionary<string, RosterMember> _members = new(StringComparer.Ordinal);
    private readonly int[] _counts = new int[Enum.GetValues<WorkerStage>().Length + 1];

    /// <summary>Index of the next worker: keys are never used again.</summary>
    internal int NextIndex { get; private set; }

    internal IEnumerable<RosterMember> All => _members.Values;

    /// <summary>Workers that are to stay.</summary>
    internal int StayingCount => _members.Count - Count(WorkerStage.Draining);

    /// <summary>Workers in a stage, without looking at each: it is asked at every event.</summary>
    internal int Count(WorkerStage stage) => _counts[(int)stage];

    /// <summary>Workers in each stage, at the stage's number.</summary>
    internal int[] Counts => [.. _counts];

    /// <summary>Takes up what an earlier coordinator has left.</summary>
    internal void Restore(IEnumerable<WorkerStatus> members, int nextIndex)
    {
        foreach (var member in members)
        {
            // What it had reached is asked in the view change that follows.
            var stage = member.Stage is WorkerStage.Draining or WorkerStage.Opening ? member.Stage : WorkerStage.Ready;
            Set(new RosterMember(member.Key, member.Silo, member.Device, stage));
        }

        NextIndex = nextIndex;
    }

    internal RosterMember Add(DeviceGrant grant)
    {
        var member = new RosterMember(WorkerKey.Of(runId, NextIndex++), grant.Silo, grant.Device, WorkerStage.Opening);
        Set(member);
        return member;
    }

    internal RosterMember? Find(string key) => _members.GetValueOrDefault(key);

    internal void Remove(string key)
    {
        if (_members.TryGetValue(key, out var member) && _members.Remove(key))
        {
            _counts[(int)member.Stage]--;
        }
    }

    internal void Set(RosterMember member)
    {
        Remove(member.Key);
        _members.Add(member.Key, member);
        _counts[(int)member.Stage]++;
    }

    internal void Move(string key, WorkerStage stage)
    {
        if (_members.TryGetValue(key, out var member) && member.Stage != WorkerStage.Draining)
        {
            Set(member with { Stage = stage, IsSynced = member.IsSynced && stage == WorkerStage.Joining });
        }
    }

    internal void Drain(string key)
    {
        if (_members.TryGetValue(key, out var member))
        {
            Set(member with { Stage = WorkerStage.Draining });
        }
    }

    internal List<RosterMember> OnSilo(string silo) => [.. _members.Values.Where(member => member.Silo == silo)];

    internal WorkerStatus[] Describe() =>
        [.. _members.Values.Select(member => new WorkerStatus(member.Key, member.Silo, member.Device, member.Stage))];
}
