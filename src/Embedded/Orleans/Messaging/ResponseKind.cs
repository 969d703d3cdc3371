namespace Orleans.Runtime;

/// <summary>How a call ended. Append only.</summary>
internal enum ResponseKind
{
    /// <summary>With a result.</summary>
    Success = 0,

    /// <summary>With an error.</summary>
    Error = 1,

    /// <summary>Not here: the sender looks the grain up again.</summary>
    Redirect = 2,
}
