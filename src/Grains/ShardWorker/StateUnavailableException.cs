namespace NSft.Grains.ShardWorker;

/// <summary>No source gives the state that a worker lacks; the worker itself is well.</summary>
/// <param name="message">What is missing.</param>
/// <param name="innerException">The cause.</param>
internal sealed class StateUnavailableException(string message, Exception innerException) : Exception(message, innerException);
