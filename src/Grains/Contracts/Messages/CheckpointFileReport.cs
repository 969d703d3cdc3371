namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker has written its part of a checkpoint, or could not.</summary>
/// <param name="Name">Name of the file; empty when the worker owns nothing.</param>
/// <param name="Range">Elements that it holds.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
/// <param name="Failure">Why it could not be written; null when it was.</param>
[GenerateSerializer, Immutable, Alias("nsft.checkpoint-file")]
public sealed record CheckpointFileReport(
    [property: Id(0)] string Name,
    [property: Id(1)] RangeMessage Range,
    [property: Id(2)] long Bytes,
    [property: Id(3)] string Sha256,
    [property: Id(4)] Failure? Failure = null)
{
    /// <summary>The report of a worker that could not write.</summary>
    /// <param name="failure">Why.</param>
    public static CheckpointFileReport Failed(Failure failure) => new(string.Empty, new RangeMessage(0, 0), 0, string.Empty, failure);
}
