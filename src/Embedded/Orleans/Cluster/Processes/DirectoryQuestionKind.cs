namespace Orleans.Runtime;

/// <summary>What a silo wants of the grain directory. Explicit, append only.</summary>
internal enum DirectoryQuestionKind
{
    /// <summary>Where a grain is.</summary>
    Lookup = 0,

    /// <summary>Where a grain is or is to be.</summary>
    Place = 1,

    /// <summary>To enter an activation.</summary>
    Register = 2,

    /// <summary>To remove an activation.</summary>
    Unregister = 3,

    /// <summary>How many entries there are.</summary>
    Count = 4,
}
