using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Simulation;

/// <summary>The coordinator's persisted state; a write must know the tag of the one before.</summary>
internal sealed class SimStore
{
    private RunState _state = new();

    internal int Tag { get; private set; }

    internal bool IsEnded => _state.Phase.IsTerminal();

    internal RunState Read() => Copy(_state);

    internal bool TryWrite(RunState state, int tag)
    {
        if (tag != Tag)
        {
            return false;
        }

        _state = Copy(state);
        Tag++;
        return true;
    }

    /// <summary>A copy of what is in it; everything below the lists is immutable.</summary>
    internal static RunState Copy(RunState state) => new()
    {
        Request = state.Request,
        Phase = state.Phase,
        CommittedSteps = state.CommittedSteps,
        Plan = state.Plan,
        Version = state.Version,
        Views = [.. state.Views],
        Failure = state.Failure,
        WeightsHash = state.WeightsHash,
        TargetWorkers = state.TargetWorkers,
        IsPaused = state.IsPaused,
        NextWorker = state.NextWorker,
        Workers = [.. state.Workers],
        RedoneSteps = state.RedoneSteps,
        DiscardedSteps = state.DiscardedSteps,
        LastCheckpointStep = state.LastCheckpointStep,
    };
}
