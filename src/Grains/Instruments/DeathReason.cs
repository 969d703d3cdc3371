namespace NSft.Grains.Instruments;

/// <summary>How a worker was lost: values of a label.</summary>
internal static class DeathReason
{
    /// <summary>Its silo is gone.</summary>
    internal const string SiloLost = "silo_lost";

    /// <summary>A call to it was lost, or it said that it is not there any more.</summary>
    internal const string CallLost = "call_lost";

    /// <summary>It could not do what it was asked.</summary>
    internal const string Failed = "failed";

    /// <summary>It did not answer in time, or kept the others waiting.</summary>
    internal const string Deadline = "deadline";

    internal static readonly string[] All = [SiloLost, CallLost, Failed, Deadline];
}
