using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Sampling;

/// <summary>What a job keeps besides its work directory, so that another silo can take it up.</summary>
[GenerateSerializer, Alias("nsft.sampling-state")]
internal sealed class SamplingState
{
    /// <summary>What to sample; null when nothing was asked, or the job was closed.</summary>
    [Id(0)]
    public SamplingRequest? Request { get; set; }
}
