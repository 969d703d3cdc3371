using NSft.Collectives.Files;
using NSft.Data.Construction;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Dataset;
using NSft.Grains.Hosting;

namespace NSft.Grains.Construction;

/// <summary>What a job knows once its data and vocabulary were read; kept in its directory, so that it is found out once.</summary>
/// <param name="PairCount">Usable pairs; they are in the job's spool.</param>
/// <param name="ContentHash">SHA-256 of the data.</param>
/// <param name="Problems">The first rows that cannot be used, one line each.</param>
/// <param name="ProblemCount">Rows that cannot be used.</param>
/// <param name="VocabularyHash">Hash over lexicon and codebook; a silo that has others refuses.</param>
/// <param name="Statistics">What the whole set says beyond a single pair, without references.</param>
internal sealed record JobPlan(
    int PairCount,
    string ContentHash,
    string[] Problems,
    int ProblemCount,
    string VocabularyHash,
    ConstructionStatistics Statistics)
{
    private const string FileName = "plan.json";

    /// <summary>Number of blocks.</summary>
    internal int BlockCountOf(int blockSize) => (PairCount + blockSize - 1) / blockSize;

    /// <summary>The plan of a directory; null when there is none yet.</summary>
    internal static JobPlan? Find(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? DataJson.Read<JobPlan>(File.ReadAllText(path)) : null;
    }

    /// <summary>Plans a job whose data were spooled, and keeps the plan. Reads every pair, and holds none.</summary>
    /// <exception cref="Collectives.UserInputException">The vocabulary cannot be used.</exception>
    internal static JobPlan Create(ConstructionSettings settings, ConstructionRequest request, DatasetReport dataset)
    {
        var vocabulary = Vocabulary.Load(settings);
        var spool = new PairSpool(request.WorkDirectory);
        var rows = ImageRows.Of(spool.ReadAll().Select(pair => pair.Image));
        new ReferenceTable(request.WorkDirectory).Write(rows, request.BlockSize);
        var statistics = ConstructionStatistics.Gather(spool.ReadAll().Select(pair => pair.ToPair()), vocabulary.Lexicon, rows);
        var plan = new JobPlan(dataset.RowCount, dataset.ContentHash, dataset.Problems, dataset.ProblemCount, vocabulary.Hash, statistics);
        AtomicFile.Write(Path.Combine(request.WorkDirectory, FileName), DataJson.WriteBytes(plan));
        return plan;
    }
}
