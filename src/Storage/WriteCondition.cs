namespace NSft.Storage;

/// <summary>What must hold of an object for it to be written or deleted.</summary>
public readonly record struct WriteCondition
{
    private WriteCondition(bool mustBeAbsent, string? etag)
    {
        MustBeAbsent = mustBeAbsent;
        ETag = etag;
    }

    /// <summary>Anything.</summary>
    public static WriteCondition Any => default;

    /// <summary>There is no such object.</summary>
    public static WriteCondition IfAbsent => new(mustBeAbsent: true, null);

    /// <summary>Whether the object must not be there.</summary>
    public bool MustBeAbsent { get; }

    /// <summary>The ETag that it must have; null for any.</summary>
    public string? ETag { get; }

    /// <summary>It is the one that was read.</summary>
    /// <param name="etag">From <see cref="ObjectFacts.ETag"/>.</param>
    public static WriteCondition IfMatch(string etag) => new(mustBeAbsent: false, etag);
}
