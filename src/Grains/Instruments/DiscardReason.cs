namespace NSft.Grains.Instruments;

/// <summary>Why a try of a step came to nothing: values of a label.</summary>
internal static class DiscardReason
{
    /// <summary>A worker or its silo was lost.</summary>
    internal const string WorkerLost = "worker_lost";

    /// <summary>A worker failed.</summary>
    internal const string WorkerFailed = "worker_failed";

    /// <summary>A deadline passed.</summary>
    internal const string Deadline = "deadline";

    /// <summary>Gradients did not fit the exponents, which were measured anew; the first step always does it.</summary>
    internal const string Exponents = "exponents";

    /// <summary>A worker voted no.</summary>
    internal const string VotedNo = "voted_no";

    /// <summary>The gradient's norm is not finite.</summary>
    internal const string NotFinite = "not_finite";

    internal static readonly string[] All = [WorkerLost, WorkerFailed, Deadline, Exponents, VotedNo, NotFinite];
}
