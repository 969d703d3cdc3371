using NSft.Collectives;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Contracts.Messages;

/// <summary>Exceptions as values.</summary>
internal static class Failures
{
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
