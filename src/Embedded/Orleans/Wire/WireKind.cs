namespace Orleans.Serialization;

/// <summary>How long a member is in a message, so that who does not know the member can skip it. Append only.</summary>
internal enum WireKind
{
    /// <summary>A number in groups of seven bits.</summary>
    Varint = 0,

    /// <summary>One byte.</summary>
    Fixed1 = 1,

    /// <summary>Four bytes.</summary>
    Fixed4 = 2,

    /// <summary>Eight bytes.</summary>
    Fixed8 = 3,

    /// <summary>Sixteen bytes.</summary>
    Fixed16 = 4,

    /// <summary>Four bytes of length, then the value.</summary>
    Sized = 5,
}
