using NSft.Data;
using NSft.Data.Construction;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Dataset;

namespace NSft.Grains.Construction;

/// <summary>What a job knows once its data and vocabulary were read: its blocks, ready to be leased.</summary>
/// <param name="Dataset">The data.</param>
/// <param name="Vocabulary">Lexicon and codebook.</param>
/// <param name="Blocks">The blocks in order.</param>
internal sealed record JobPlan(DatasetReport Dataset, Vocabulary Vocabulary, IReadOnlyList<BlockRequest> Blocks)
{
    private const int RowsPerMessage = 1024;

    /// <summary>Reads the data through its grain and plans the blocks.</summary>
    /// <param name="grains">Reaches the dataset.</param>
    /// <param name="request">The job.</param>
    /// <param name="datasetKey">Key of the job's dataset.</param>
    /// <param name="dataset">What the dataset holds.</param>
    internal static async Task<JobPlan> CreateAsync(IGrainFactory grains, ConstructionRequest request, string datasetKey, DatasetReport dataset)
    {
        var pairs = new List<PreferencePair>(dataset.RowCount);
        while (pairs.Count < dataset.RowCount)
        {
            var rows = await grains.GetGrain<IDatasetGrain>(datasetKey).ReadAsync(pairs.Count, RowsPerMessage);
            pairs.AddRange(rows.Select(PairMessages.ToPair));
        }

        // Task.Run: parsing every answer of the set is too long for a turn.
        return await Task.Run(() => Plan(request, datasetKey, dataset, pairs));
    }

    private static JobPlan Plan(ConstructionRequest request, string datasetKey, DatasetReport dataset, List<PreferencePair> pairs)
    {
        var vocabulary = Vocabulary.Load(request);
        var options = ConstructionJson.ReadOptions(request.OptionsJson);
        var plan = ConstructionPlan.Create(pairs, vocabulary.Lexicon, options);
        BlockRequest[] blocks =
        [
            .. plan.Blocks.Select(block => new BlockRequest(
                request,
                datasetKey,
                block.Index,
                block.Index * options.BlockSize,
                block.Pairs.Count,
                ConstructionJson.Write(block.Statistics),
                vocabulary.Hash)),
        ];
        return new JobPlan(dataset, vocabulary, blocks);
    }
}
