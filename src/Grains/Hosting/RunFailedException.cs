using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Hosting;

/// <summary>A run or job ended without a result, for a reason that is not the user's input.</summary>
public sealed class RunFailedException : Exception
{
    /// <summary>A run that failed.</summary>
    /// <param name="failure">Why.</param>
    public RunFailedException(Failure failure)
        : base(failure?.Message)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Kind = failure.Kind;
    }

    /// <summary>What failed.</summary>
    public FailureKind Kind { get; }
}
