namespace NSft.Training.Sessions;

/// <summary>Parts of a worker's state.</summary>
[Flags]
public enum StateParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Float32 weights.</summary>
    Weights = 1,

    /// <summary>AdamW's first and second moments.</summary>
    Moments = 2,

    /// <summary>Weights, then first moments, then second moments.</summary>
    All = Weights | Moments,
}
