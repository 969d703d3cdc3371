namespace NSft.Grains.Contracts.Messages;

/// <summary>Preference data to validate and serve.</summary>
/// <param name="DataPath">File of preference rows.</param>
/// <param name="ImageDirectory">Directory of the images.</param>
/// <param name="RequireRejected">Whether each row needs a rejected answer.</param>
/// <param name="Strict">Whether a row that cannot be used is an error.</param>
[GenerateSerializer, Immutable, Alias("nsft.dataset-request")]
public sealed record DatasetRequest(
    [property: Id(0)] string DataPath,
    [property: Id(1)] string? ImageDirectory,
    [property: Id(2)] bool RequireRejected,
    [property: Id(3)] bool Strict);
