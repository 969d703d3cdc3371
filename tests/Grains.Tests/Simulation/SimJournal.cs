using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Simulation;

/// <summary>Recorded steps, kept apart from any process.</summary>
internal sealed class SimJournal
{
    private readonly List<StepMessage> _steps = [];

    internal IReadOnlyList<StepMessage> Steps => _steps;

    internal bool HasGap { get; private set; }

    internal void Add(StepMessage step)
    {
        if (step.Step == _steps.Count)
        {
            _steps.Add(step);
        }
    }

    /// <summary>Steps up to one are known from elsewhere.</summary>
    internal void Skip(int until)
    {
        HasGap = true;
        for (var step = _steps.Count; step < until; step++)
        {
            _steps.Add(new StepMessage(step, 0, 0, 0, 0, [], 0, 0));
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
