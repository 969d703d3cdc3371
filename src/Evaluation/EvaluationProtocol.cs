namespace NSft.Evaluation;

/// <summary>What a score depends on besides the model; printed beside every score so that numbers can be compared.</summary>
public sealed record EvaluationProtocol
{
    /// <summary>Model folder, or null when an answer file was scored.</summary>
    public string? Model { get; init; }

    /// <summary>Adapter folder, or null.</summary>
    public string? Adapter { get; init; }

    /// <summary>Answer file that was scored instead of a model, or null.</summary>
    public string? Answers { get; init; }

    /// <summary>File of questions or annotations.</summary>
    public required string Data { get; init; }

    /// <summary>Pattern of the image names that were evaluated, or null for all.</summary>
    public string? ImageFilter { get; init; }

    /// <summary>Prompt given to every image, or null when the file holds the questions.</summary>
    public string? Prompt { get; init; }

    /// <summary>How answers become yes or no, or null where nothing is parsed.</summary>
    public string? ParseRule { get; init; }

    /// <summary>Conversation template, or null when an answer file was scored.</summary>
    public string? Template { get; init; }

    /// <summary>How images become square: pad or crop; null when an answer file was scored.</summary>
    public string? ImageMode { get; init; }

    /// <summary>Number type of the computation; null when an answer file was scored.</summary>
    public string? Dtype { get; init; }

    /// <summary>Longest answer in tokens; null when an answer file was scored.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>How tokens are chosen; null when an answer file was scored.</summary>
    public string? Decoding { get; init; }
}
