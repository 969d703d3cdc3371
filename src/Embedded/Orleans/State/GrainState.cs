namespace Orleans;

/// <summary>State on its way to or from a store.</summary>
public class GrainState<T> : IGrainState<T>
{
    /// <inheritdoc/>
    public T State { get; set; } = default!;

    /// <inheritdoc/>
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public bool RecordExists { get; set; }
}
