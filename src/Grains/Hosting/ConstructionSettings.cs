using NSft.Data.Construction;

namespace NSft.Grains.Hosting;

/// <summary>What to construct corrective data from, and how.</summary>
public sealed record ConstructionSettings
{
    /// <summary>Preference rows, JSON array or JSON lines.</summary>
    public required string DataPath { get; init; }

    /// <summary>Folder of the images; when given, a row whose image is not there cannot be used.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Name or path of the lexicon.</summary>
    public string Lexicon { get; init; } = Data.Construction.Lexicon.Default;

    /// <summary>Path of the codebook; null for the one that comes with NSft.</summary>
    public string? CodebookPath { get; init; }

    /// <summary>How turns are built.</summary>
    public ConstructionOptions Options { get; init; } = new() { BlockSize = DefaultBlockSize };

    /// <summary>Makes rows that cannot be used an error instead of a list.</summary>
    public bool Strict { get; init; }

    /// <summary>Pairs of a block unless asked otherwise: small enough that a few hundred pairs occupy several silos.</summary>
    public const int DefaultBlockSize = 64;
}
