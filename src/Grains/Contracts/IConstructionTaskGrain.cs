using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Constructs one block of a job; the key is job id and block.</summary>
[Alias("nsft.construction-task")]
public interface IConstructionTaskGrain : IGrainWithStringKey
{
    /// <summary>Constructs the block. Repeating it gives the same.</summary>
    /// <param name="request">The block.</param>
    [Alias("construct"), ResponseTimeout("01:00:00")]
    Task<BlockReport> ConstructAsync(BlockRequest request);
}
