using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>A worker that the coordinator has made.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Silo">Its silo.</param>
/// <param name="Device">Its device there.</param>
/// <param name="Stage">Where it is on its way; a draining one is out at the next boundary.</param>
/// <param name="IsSynced">A joining one that has copied the whole state.</param>
/// <param name="HeldBytes">Bytes of weights, gradients and optimizer state that it holds.</param>
internal sealed record RosterMember(string Key, string Silo, int Device, WorkerStage Stage, bool IsSynced = false, long HeldBytes = 0)
{
    /// <summary>It takes part in view changes.</summary>
    internal bool IsCandidate => Stage != WorkerStage.Opening;
}
