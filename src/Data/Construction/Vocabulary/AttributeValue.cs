namespace NSft.Data.Construction.Vocabulary;

/// <summary>A property: group ("color") and value ("red") by their positions in the lexicon.</summary>
internal readonly record struct AttributeValue(int Group, int Value);
