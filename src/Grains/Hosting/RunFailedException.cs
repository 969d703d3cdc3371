using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Hosting;

/// <summary>A run or job ended without a result, for a reason that is not the user's input.</summary>
public sealed class RunFailedException : Exception
{
    /// <summary>A run that failed.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="cause">What was caught; null for nothing.</param>
    public RunFailedException(Failure failure, Exception? cause = null)
        : base(failure?.Message, cause)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Kind = failure.Kind;
    }

    /// <summary>What failed.</summary>
    public FailureKind Kind { get; }
}
