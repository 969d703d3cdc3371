namespace NSft.Grains.Contracts.Messages;

/// <summary>Preference data to validate and serve.</summary>
/// <param name="DataPath">File of preference rows; a path or an address.</param>
/// <param name="ImageDirectory">Directory of the images; a path or an address.</param>
/// <param name="RequireRejected">Whether each row needs a rejected answer.</param>
/// <param name="Strict">Whether a row that cannot be used is an error.</param>
/// <param name="SpoolDirectory">Folder that the usable rows are spooled to, for every silo to read; null to check them only.</param>
/// <param name="Copies">Which rows are marked in the spool as copies of an earlier one.</param>
/// <param name="Places">What else the run reads, paths or addresses: what lies there now is part of the report's hash. Null for nothing.</param>
[GenerateSerializer, Immutable, Alias("nsft.dataset-request")]
public sealed record DatasetRequest(
    [property: Id(0)] string DataPath,
    [property: Id(1)] string? ImageDirectory,
    [property: Id(2)] bool RequireRejected,
    [property: Id(3)] bool Strict,
    [property: Id(4)] string? SpoolDirectory = null,
    [property: Id(5)] CopyKind Copies = CopyKind.None,
    [property: Id(6)] string[]? Places = null);
