using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Answers one block of a sampling job on the silo that it was placed on; the key names the run of the job and the block.</summary>
[Alias("nsft.sampling-task")]
public interface ISamplingTaskGrain : IGrainWithStringKey
{
    /// <summary>Begins the block, or waits for it a little longer; a block may take longer than a call.</summary>
    /// <param name="order">The block.</param>
    /// <returns>The end of the block, or that it still goes on: then ask again.</returns>
    [Alias("sample")]
    Task<SampleBlockReport> SampleAsync(SampleBlockOrder order);

    /// <summary>Lets go of the models that this silo holds for a run of a job.</summary>
    /// <param name="runId">The run of the job.</param>
    [Alias("release")]
    Task ReleaseAsync(string runId);
}
