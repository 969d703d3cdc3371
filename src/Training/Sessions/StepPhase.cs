namespace NSft.Training.Sessions;

/// <summary>What a worker's thread does in a step's first part; values are indices.</summary>
internal enum StepPhase
{
    /// <summary>Samples are chosen, batches made, weights brought to the device.</summary>
    Plan = 0,

    /// <summary>Forward passes.</summary>
    Forward = 1,

    /// <summary>Backward passes.</summary>
    Backward = 2,

    /// <summary>Gradients are copied from the device and added to the sum.</summary>
    Quantise = 3,
}
