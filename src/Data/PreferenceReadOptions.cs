namespace NSft.Data;

/// <summary>How rows are read and how strictly.</summary>
public sealed record PreferenceReadOptions
{
    /// <summary>Where images lie; when given, a row whose image is not there cannot be used.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Whether an image is there, asked by its path in <see cref="ImageDirectory"/>; null to look into the folder.</summary>
    public Func<string, bool>? HasImage { get; init; }

    /// <summary>Whether a row needs a rejected answer; supervised fine-tuning does not. Default true.</summary>
    public bool RequireRejected { get; init; } = true;

    /// <summary>Whether a row that cannot be used is an error instead of an entry of the outcome's list. Default false.</summary>
    public bool Strict { get; init; }
}
