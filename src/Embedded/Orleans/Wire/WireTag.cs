namespace Orleans.Serialization;

/// <summary>What precedes a value whose type or presence its place does not tell. Append only.</summary>
internal enum WireTag : byte
{
    /// <summary>Null.</summary>
    Null = 0,

    /// <summary>An object that the message has already; its offset follows.</summary>
    Seen = 1,

    /// <summary>A value of exactly the place's type.</summary>
    Exact = 2,

    /// <summary>A value of the type that follows.</summary>
    Typed = 3,

    /// <summary>A reference to a grain.</summary>
    Reference = 4,

    /// <summary>An error.</summary>
    Error = 5,
}
