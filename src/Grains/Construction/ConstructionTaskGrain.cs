using NSft.Data;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Dataset;

namespace NSft.Grains.Construction;

/// <summary>Fetches a block's pairs from the dataset and constructs them, off the scheduler. Keeps nothing.</summary>
[GrainType("nsft.construction-task")]
internal sealed class ConstructionTaskGrain(IBlockConstructor constructor, ILocalSiloDetails silo) : Grain, IConstructionTaskGrain
{
    /// <inheritdoc/>
    public async Task<ConstructedBlock> ConstructAsync(ConstructionBlock block)
    {
        var where = silo.SiloAddress.ToParsableString();
        try
        {
            var messages = await GrainFactory.GetGrain<IDatasetGrain>(block.DatasetKey).ReadAsync(block.Start, block.Count);
            PreferencePair[] pairs = [.. messages.Select(PairMessages.ToPair)];

            // Task.Run: text work of a whole block is too long for a turn.
            var rows = await Task.Run(() => constructor.Construct(pairs, block.OptionsJson));
            return new ConstructedBlock(block.Index, where, [.. rows.Select(ConversationMessages.From)]);
        }
#pragma warning disable CA1031 // A failing task is a value for the job, whatever it failed of.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new ConstructedBlock(block.Index, where, [], Failures.Of(exception, FailureKind.Worker, $"block {block.Index}"));
        }
        finally
        {
            DeactivateOnIdle();
        }
    }
}
