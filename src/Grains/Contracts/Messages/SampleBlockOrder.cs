namespace NSft.Grains.Contracts.Messages;

/// <summary>A block of prompts to answer.</summary>
/// <param name="RunId">The run of the job.</param>
/// <param name="SettingsJson">The settings of the job, as JSON.</param>
/// <param name="WorkDirectory">Full path of the work directory; the block's file goes there.</param>
/// <param name="Block">Index of the block.</param>
/// <param name="BatchesJson">The prompts, batch by batch, as JSON.</param>
[GenerateSerializer, Immutable, Alias("nsft.sample-block-order")]
public sealed record SampleBlockOrder(
    [property: Id(0)] string RunId,
    [property: Id(1)] string SettingsJson,
    [property: Id(2)] string WorkDirectory,
    [property: Id(3)] int Block,
    [property: Id(4)] string BatchesJson);
