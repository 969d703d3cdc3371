namespace NSft.Grains.Contracts.Messages;

/// <summary>Questions about a phase.</summary>
public static class RunPhaseExtensions
{
    /// <summary>Whether nothing more will happen in this phase.</summary>
    /// <param name="phase">The phase.</param>
    public static bool IsTerminal(this RunPhase phase) => phase is RunPhase.Completed or RunPhase.Failed or RunPhase.Cancelled;
}
