using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Chat;

/// <summary>Persists what a job spent and what it may be spending, then answers.</summary>
[GrainType("nsft.spending")]
internal sealed class SpendingGrain(
    [PersistentState("spending", GrainStorageNames.State)] IPersistentState<SpendingState> state,
    IClusterMembershipService membership) : Grain, ISpendingGrain
{
    /// <inheritdoc/>
    public async Task<SpendingReply> AskAsync(SpendingRequest request)
    {
        try
        {
            var snapshot = membership.CurrentSnapshot;
            var ledger = new SpendingLedger(state.State);
            var before = (ledger.Settled, ledger.Held);
            var reply = ledger.Ask(
                request, silo => snapshot.GetSiloStatus(SiloAddress.FromParsableString(silo)) is not (SiloStatus.Dead or SiloStatus.None));
            if (before != (ledger.Settled, ledger.Held))
            {
                await state.WriteStateAsync();
            }

            return reply;
        }
        catch
        {
            // Whatever is in memory now was not written: the next call starts from what was.
            DeactivateOnIdle();
            throw;
        }
    }
}
