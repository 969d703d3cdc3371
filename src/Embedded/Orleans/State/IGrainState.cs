namespace Orleans;

/// <summary>State on its way to or from a store.</summary>
public interface IGrainState<T>
{
    /// <summary>The state.</summary>
    T State { get; set; }

    /// <summary>The version that was read or written last.</summary>
    string? ETag { get; set; }

    /// <summary>Whether the store holds the state.</summary>
    bool RecordExists { get; set; }
}
