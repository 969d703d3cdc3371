namespace NSft.Data.Construction.Comparison;

/// <summary>What a question claims.</summary>
internal enum ClaimForm
{
    /// <summary>There is such an object.</summary>
    Object,

    /// <summary>There is such an object at a place.</summary>
    Placed,

    /// <summary>There is such an object with a property.</summary>
    Attributed,

    /// <summary>There is such an object with a property at a place.</summary>
    AttributedPlaced,

    /// <summary>The one such object has a property.</summary>
    Attribute,

    /// <summary>The one such object at a place has a property.</summary>
    PlacedAttribute,

    /// <summary>The one such object is at a place.</summary>
    Position,

    /// <summary>There are so many such objects.</summary>
    Count,

    /// <summary>There are so many objects in all.</summary>
    Total,

    /// <summary>The one such object stands in a relation to the one object of another category.</summary>
    Relation,
}
