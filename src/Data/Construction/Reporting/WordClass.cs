namespace NSft.Data.Construction.Reporting;

/// <summary>What a word is, as far as the word counts go.</summary>
public enum WordClass
{
    /// <summary>A word that stands for a thing.</summary>
    Noun,

    /// <summary>A word that stands for an action, auxiliaries excepted.</summary>
    Verb,

    /// <summary>Anything else.</summary>
    Other,
}
