using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;
using NSft.Training.Checkpoints;

namespace NSft.Grains.Run;

/// <summary>What the conductor asks of the grain that it belongs to.</summary>
internal interface IRunHost
{
    /// <summary>How the run is reported.</summary>
    RunGauges Gauges { get; }

    /// <summary>Where the run's checkpoints go; null for a run that keeps none.</summary>
    ICheckpointStore? Checkpoints { get; }

    /// <summary>Writes the machine's state; throws when another coordinator has written.</summary>
    Task PersistAsync();

    /// <summary>Records a committed step.</summary>
    /// <returns>False when it was recorded before.</returns>
    bool Record(StepMessage step);

    /// <summary>Records something that happened.</summary>
    void Record(RunCommand.Note note, double seconds);

    /// <summary>Forgets recorded steps from one on.</summary>
    void ForgetSteps(int from);

    /// <summary>Ends when what was recorded is where the next coordinator finds it, or that takes too long.</summary>
    Task FlushAsync();

    /// <summary>A worker is being let go; the end of the run waits for it.</summary>
    void Closing(Task close);

    /// <summary>Publishes or removes the result and ends the run.</summary>
    Task FinishAsync();

    /// <summary>Stops without touching anything: another coordinator has the run.</summary>
    Task AbdicateAsync();

    /// <summary>The coordinator itself has failed.</summary>
    void Failed(Exception exception);
}
