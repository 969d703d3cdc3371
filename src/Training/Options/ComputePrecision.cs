namespace NSft.Training;

/// <summary>What forward and backward passes compute in; weights, gradients and optimizer state are float32 always. Append only.</summary>
public enum ComputePrecision
{
    /// <summary>32-bit floating point.</summary>
    Float32 = 0,

    /// <summary>bfloat16, with float32 log-probabilities and losses.</summary>
    BFloat16 = 1,
}
