namespace NSft.Data.Construction.Vocabulary;

/// <summary>A word in lower case or a punctuation mark, with its place in the text.</summary>
/// <param name="Text">The word, or the mark as one character.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
internal readonly record struct Token(string Text, int Start, int End)
{
    /// <summary>Whether it ends a sentence.</summary>
    public bool EndsSentence => Text is "." or "!" or "?" or "\n";

    /// <summary>Whether it is a mark and not a word.</summary>
    public bool IsMark => EndsSentence || Text is "," or ";" or ":" or "(" or ")";
}
