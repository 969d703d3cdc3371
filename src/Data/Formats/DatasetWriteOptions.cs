namespace NSft.Data.Formats;

/// <summary>How a data set is written.</summary>
public sealed record DatasetWriteOptions
{
    /// <summary>Name of the set in a registry (<c>dataset_info.json</c>); null takes the file's name.</summary>
    public string? SetName { get; init; }

    /// <summary>Where images that rows hold themselves are written to as files, where the format only holds paths; null makes such a row a problem.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Folder of the images that are put into the rows themselves, where the format has a place for them; null leaves rows with paths.</summary>
    public string? EmbedDirectory { get; init; }

    /// <summary>Called for a row that the format cannot hold, which is then left out; null makes the first such row an error.</summary>
    public Action<RowProblem>? LeftOut { get; init; }
}
