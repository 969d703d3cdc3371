using NSft.Collectives;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Contracts.Messages;

/// <summary>Exceptions as values.</summary>
internal static class Failures
{
    /// <summary>Whether a call failed because whoever was called is gone or did not answer, so that another one may succeed.</summary>
    /// <param name="exception">What was thrown.</param>
    internal static bool IsLostCall(Exception exception) => exception is OrleansException or TimeoutException;

    /// <summary>The failure that an exception means: the user's input, or else of the kind given.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="kind">Kind of a failure that is not the user's input.</param>
    /// <param name="who">Who failed.</param>
    internal static Failure Of(Exception exception, FailureKind kind, string who) => exception switch
    {
        UserInputException => new Failure(FailureKind.UserInput, exception.Message),
        StateUnavailableException => new Failure(FailureKind.Lost, $"{who}: {exception.Message}"),
        _ => new Failure(kind, $"{who}: {exception.Message}"),
    };
}
