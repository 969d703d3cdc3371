using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Simulation;

/// <summary>Recorded steps, kept apart from any process.</summary>
internal sealed class SimJournal
{
    private readonly List<StepMessage> _steps = [];

    internal IReadOnlyList<StepMessage> Steps => _steps;

    internal void Add(StepMessage step)
    {
        if (step.Step == _steps.Count)
        {
            _steps.Add(step);
        }
    }

    internal void Forget(int from)
    {
        if (from < _steps.Count)
        {
            _steps.RemoveRange(from, _steps.Count - from);
        }
    }
}
