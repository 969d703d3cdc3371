namespace NSft.Data.Construction.Vocabulary;

/// <summary>Grammatical number of a noun as written.</summary>
internal enum WordForm
{
    /// <summary>One.</summary>
    Singular,

    /// <summary>More than one.</summary>
    Plural,

    /// <summary>Both are written alike ("sheep").</summary>
    Either,
}
