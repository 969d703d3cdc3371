namespace NSft.Model.Configuration;

/// <summary>Sizes and constants of the language decoder. A fresh instance holds the defaults of Hugging Face's LlamaConfig, which files leave out.</summary>
public sealed record LlamaConfig
{
    /// <summary>Width of the residual stream.</summary>
    public int HiddenSize { get; init; } = 4096;

    /// <summary>Width of the gated feed-forward layer.</summary>
    public int IntermediateSize { get; init; } = 11008;

    /// <summary>Number of decoder blocks.</summary>
    public int LayerCount { get; init; } = 32;

    /// <summary>Number of query heads.</summary>
    public int HeadCount { get; init; } = 32;

    /// <summary>Number of key and value heads; a divisor of <see cref="HeadCount"/>.</summary>
    public int KeyValueHeadCount { get; init; } = 32;

    /// <summary>Width of one head; even.</summary>
    public int HeadSize { get; init; } = 128;

    /// <summary>Rows of the embedding and of the head, image and padding rows included.</summary>
    public int VocabularySize { get; init; } = 32000;

    /// <summary>Longest sequence in positions, image tokens counted.</summary>
    public int MaxPositions { get; init; } = 2048;

    /// <summary>Epsilon inside the root-mean-square norms.</summary>
    public double RmsNormEpsilon { get; init; } = 1e-6;

    /// <summary>Base of the rotary position embedding.</summary>
    public double RopeTheta { get; init; } = 10000;

    /// <summary>Activation of the feed-forward layer; always silu.</summary>
    public string HiddenActivation { get; init; } = "silu";

    /// <summary>Whether the head is the embedding matrix itself.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Id that opens a sequence.</summary>
    public int BosTokenId { get; init; } = 1;

    /// <summary>Id that ends an answer.</summary>
    public int EosTokenId { get; init; } = 2;

    /// <summary>Id of padding, when the model names one.</summary>
    public int? PadTokenId { get; init; }
}
