namespace NSft.Grains.Contracts.Messages;

/// <summary>A preference pair on its way to a construction task.</summary>
/// <param name="Row">Position in its file, from 1.</param>
/// <param name="Id">Identity of the pair.</param>
/// <param name="Image">Image file, relative to the image directory.</param>
/// <param name="Question">The question.</param>
/// <param name="Chosen">The preferred answer.</param>
/// <param name="Rejected">The rejected answer.</param>
[GenerateSerializer, Immutable, Alias("nsft.pair")]
public sealed record PairMessage(
    [property: Id(0)] int Row,
    [property: Id(1)] string Id,
    [property: Id(2)] string Image,
    [property: Id(3)] string Question,
    [property: Id(4)] string Chosen,
    [property: Id(5)] string Rejected);
