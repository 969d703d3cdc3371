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
    public async Task<BlockReport> ConstructAsync(BlockRequest request)
    {
        var where = silo.SiloAddress.ToParsableString();
        try
        {
            var messages = await GrainFactory.GetGrain<IDatasetGrain>(request.DatasetKey).ReadAsync(request.Start, request.Count);
            PreferencePair[] pairs = [.. messages.Select(PairMessages.ToPair)];

            // Task.Run: text work of a whole block is too long for a turn.
            return new BlockReport(request.Index, where, await Task.Run(() => constructor.Construct(request, pairs)));
        }
#pragma warning disable CA1031 // A failing task is a value for the job, whatever it failed of.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new BlockReport(request.Index, where, string.Empty, Failures.Of(exception, FailureKind.Worker, $"block {request.Index}"));
        }
        finally
        {
            DeactivateOnIdle();
        }
    }
}
