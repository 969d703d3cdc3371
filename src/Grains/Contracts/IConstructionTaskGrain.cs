using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Constructs one block of a job; the key is job, command and block.</summary>
[Alias("nsft.construction-task")]
public interface IConstructionTaskGrain : IGrainWithStringKey
{
    /// <summary>Constructs the block and writes it into the job's directory. Who asks while it is being constructed waits for the same work.</summary>
    /// <param name="request">The block.</param>
    [Alias("construct"), ResponseTimeout("01:00:00"), AlwaysInterleave]
    Task<BlockReport> ConstructAsync(BlockRequest request);

    /// <summary>Ends the work on the block: the job was cancelled.</summary>
    [Alias("stop"), AlwaysInterleave]
    Task StopAsync();
}
