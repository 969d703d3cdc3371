using NSft.Data.Formats.Rows;

namespace NSft.Data.Formats.LlamaFactory;

/// <summary>Which fields of a LLaMA-Factory set hold what; null for what the set has not.</summary>
internal sealed record LlamaFactoryColumns
{
    /// <summary>The set's own rows when nothing else is said: conversations with images and answers to rank.</summary>
    public static LlamaFactoryColumns Conversations { get; } = new() { Images = "images", System = "system", Chosen = "chosen", Rejected = "rejected" };

    /// <summary>The same for rows of an instruction and its answers.</summary>
    public static LlamaFactoryColumns Instructions { get; } = Conversations with { IsAlpaca = true, History = "history" };

    /// <summary>Whether rows hold an instruction instead of a conversation.</summary>
    public bool IsAlpaca { get; init; }

    /// <summary>Whether rows hold answers to rank; null where every row says so itself.</summary>
    public bool? IsRanking { get; init; }

    /// <summary>How messages are spelled.</summary>
    public TurnTags Tags { get; init; } = TurnTags.Llava;

    /// <summary>The conversation.</summary>
    public string Messages { get; init; } = "conversations";

    /// <summary>The instruction.</summary>
    public string Prompt { get; init; } = "instruction";

    /// <summary>What the instruction is about; stands behind it.</summary>
    public string Query { get; init; } = "input";

    /// <summary>The one answer of a set that is not ranked.</summary>
    public string Response { get; init; } = "output";

    /// <summary>Earlier questions and answers of an instruction.</summary>
    public string? History { get; init; }

    /// <summary>The images.</summary>
    public string? Images { get; init; }

    /// <summary>The system text.</summary>
    public string? System { get; init; }

    /// <summary>The better answer.</summary>
    public string? Chosen { get; init; }

    /// <summary>The worse answer.</summary>
    public string? Rejected { get; init; }

    /// <summary>Whether the one answer is a good one.</summary>
    public string? Label { get; init; }
}
