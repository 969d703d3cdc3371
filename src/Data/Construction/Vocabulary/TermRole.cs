namespace NSft.Data.Construction.Vocabulary;

/// <summary>What a phrase of the lexicon does in a sentence.</summary>
internal enum TermRole
{
    /// <summary>Names a kind of object; the index is the category.</summary>
    Category,

    /// <summary>Names a kind above several categories, such as "fruit"; the index is the cover.</summary>
    Cover,

    /// <summary>Any object, as in "there are 4 objects".</summary>
    AnyObject,

    /// <summary>A property; index and value are group and value.</summary>
    Attribute,

    /// <summary>A place in the image.</summary>
    Place,

    /// <summary>How one object lies to another.</summary>
    Relation,

    /// <summary>A number; the index is its value.</summary>
    Number,

    /// <summary>"a", "an".</summary>
    Article,

    /// <summary>"the": may speak of an object that was named before.</summary>
    Definite,

    /// <summary>"several": more than one, number unknown.</summary>
    Vague,

    /// <summary>"no", "not".</summary>
    Negation,

    /// <summary>"is", "are".</summary>
    Copula,

    /// <summary>"and".</summary>
    Join,

    /// <summary>"or": keeps a negation going.</summary>
    Alternative,

    /// <summary>"is there": opens a question about existence.</summary>
    Opener,

    /// <summary>"how many".</summary>
    HowMany,

    /// <summary>Ends a phrase.</summary>
    Stop,

    /// <summary>A phrase that looks like an object and is none, such as "parking lot".</summary>
    Ignored,
}
