namespace NSft.Grains.Run;

/// <summary>How long a stage may take before the workers that it waits for are evicted.</summary>
/// <param name="fixedSeconds">What the user wants for each part of a step; 0 for a deadline that follows from the steps before.</param>
internal sealed class StepDeadline(double fixedSeconds)
{
    private const int KeptSteps = 20;
    private const int UnknownSteps = 2;
    private const double SlowestFactor = 10;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);

    private readonly Queue<TimeSpan> _durations = new();
    private int _stepsInView;

    /// <summary>A step of this duration was committed.</summary>
    internal void Add(TimeSpan duration)
    {
        _stepsInView++;
        _durations.Enqueue(duration);
        if (_durations.Count > KeptSteps)
        {
            _durations.Dequeue();
        }
    }

    /// <summary>A new view begins: its first steps may take longer, as new workers read images for the first time.</summary>
    internal void Renew() => _stepsInView = 0;

    /// <summary>The limit of a stage.</summary>
    internal TimeSpan Of(StageKind stage) => stage switch
    {
        StageKind.Halting => TimeSpan.FromSeconds(5),
        StageKind.Finishing => TimeSpan.FromMinutes(2),

        // The last workers write all of the state, maybe to an address.
        StageKind.Saving => TimeSpan.FromMinutes(10),
        StageKind.Seating or StageKind.Restoring => TimeSpan.FromMinutes(30),
        StageKind.Exporting => TimeSpan.FromHours(1),
        _ => OfStep(),
    };

    private TimeSpan OfStep()
    {
        if (fixedSeconds > 0)
        {
            return TimeSpan.FromSeconds(fixedSeconds);
        }

        if (_stepsInView < UnknownSteps)
        {
            return First;
        }

        var tenfold = _durations.Max() * SlowestFactor;
        return tenfold > Shortest ? tenfold : Shortest;
    }
}
