using NSft.Data.Construction;
using NSft.Grains.Hosting;

namespace NSft.Grains.Construction;

/// <summary>Makes the constructors of jobs on this silo. Safe from any thread.</summary>
internal interface IPairConstructors
{
    /// <summary>The constructor of a block.</summary>
    /// <param name="settings">The job's settings.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="vocabulary">Its words and codebook.</param>
    /// <param name="statistics">What the whole set says, with the references of the block's images.</param>
    /// <exception cref="Collectives.UserInputException">The settings cannot be used on this silo.</exception>
    IPairConstructor Create(ConstructionSettings settings, string jobId, Vocabulary vocabulary, ConstructionStatistics statistics);
}
