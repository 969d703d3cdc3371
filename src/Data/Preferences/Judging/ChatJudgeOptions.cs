namespace NSft.Data.Preferences.Judging;

/// <summary>How a chat model judges.</summary>
public sealed record ChatJudgeOptions
{
    /// <summary>Name of the model, as its server knows it.</summary>
    public required string Model { get; init; }

    /// <summary>File of the rubric; null for the one that comes with NSft.</summary>
    public string? RubricPath { get; init; }

    /// <summary>Folder of the images, to show them to the judge; null to show none.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Ratings of one answer whose mean counts, at least 1. Default 1.</summary>
    public int SampleCount { get; init; } = 1;

    /// <summary>Sampling temperature; above 0 it makes sense with several ratings. Default 0.</summary>
    public double Temperature { get; init; }

    /// <summary>Longest rating in tokens.</summary>
    public int MaxTokens { get; init; } = 512;
}
