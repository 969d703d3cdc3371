using NSft.Data.Construction;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Dataset;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>What a silo keeps of a job between its blocks: no pair and no result.</summary>
internal sealed class JobContext
{
    private readonly PairSpool _spool;
    private readonly ReferenceTable _references;

    /// <summary>Reads what a job's directory and the files that it names hold.</summary>
    /// <param name="request">The job.</param>
    /// <param name="slots">Bounds the pairs in work on this silo.</param>
    /// <exception cref="Collectives.UserInputException">A file is missing or wrong here.</exception>
    internal JobContext(ConstructionRequest request, Func<ConstructionSettings, RequestSlots> slots)
    {
        Request = request;
        Settings = DataJson.Read<ConstructionSettings>(request.SettingsJson);
        Directory = new JobDirectory(request.WorkDirectory);
        Plan = JobPlan.Find(request.WorkDirectory)
            ?? throw new InvalidOperationException($"{request.WorkDirectory}: no plan; is the folder shared with this silo?");
        Vocabulary = Vocabulary.Load(Settings);
        if (Vocabulary.Hash != Plan.VocabularyHash)
        {
            throw new InvalidOperationException("lexicon or codebook differ between silos");
        }

        Slots = slots(Settings);
        _spool = new PairSpool(request.WorkDirectory);
        _references = new ReferenceTable(request.WorkDirectory);
    }

    internal ConstructionRequest Request { get; }

    internal ConstructionSettings Settings { get; }

    internal JobDirectory Directory { get; }

    internal JobPlan Plan { get; }

    internal Vocabulary Vocabulary { get; }

    internal RequestSlots Slots { get; }

    /// <summary>The pairs of a block.</summary>
    internal SpooledPair[] ReadPairs(int block)
    {
        var start = block * Request.BlockSize;
        return _spool.Read(start, Math.Min(Request.BlockSize, Plan.PairCount - start));
    }

    /// <summary>The statistics that a block needs: the set's, with references of the block's images.</summary>
    internal ConstructionStatistics StatisticsOf(int block) =>
        Plan.Statistics.WithReferences(_spool.Read(_references.Read(block)).Select(pair => pair.ToPair()));
}
