namespace NSft.Grains.Contracts.Messages;

/// <summary>What every training message carries: which run, which membership view, which step, which try of it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="View">Version of the membership view; messages of an older view are dropped and counted.</param>
/// <param name="Step">Step, from 0.</param>
/// <param name="Attempt">Try of the step, from 0; a redone step has the next number, so that late chunks of the try before cannot enter a sum.</param>
[GenerateSerializer, Immutable, Alias("nsft.step-ticket")]
public sealed record StepTicket(
    [property: Id(0)] string RunId,
    [property: Id(1)] long View,
    [property: Id(2)] int Step,
    [property: Id(3)] int Attempt)
{
    /// <summary>Whether this ticket comes before the other in the same run: an older view, or an older step or try of the same view.</summary>
    /// <param name="other">The ticket to compare with.</param>
    public bool IsOlderThan(StepTicket other) => (View, Step, Attempt).CompareTo((other.View, other.Step, other.Attempt)) < 0;
}
