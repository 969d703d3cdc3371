namespace NSft.Data.Formats.LlamaFactory;

/// <summary>What a row of a LLaMA-Factory set remembers of its set.</summary>
/// <param name="Columns">What the set's fields hold.</param>
/// <param name="Entry">The set's entry as JSON; null when it was read without a registry.</param>
internal sealed record LlamaFactoryLayout(LlamaFactoryColumns Columns, string? Entry);
