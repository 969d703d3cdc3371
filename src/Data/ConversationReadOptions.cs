namespace NSft.Data;

/// <summary>How conversations are read and how strictly.</summary>
public sealed record ConversationReadOptions
{
    /// <summary>Where images lie; when given, a row whose image is not there cannot be used.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Whether a row that cannot be used is an error instead of an entry of the outcome's list. Default false.</summary>
    public bool Strict { get; init; }
}
