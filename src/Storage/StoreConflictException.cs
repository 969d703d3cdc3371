namespace NSft.Storage;

/// <summary>An object is not what the writer took it for: another one wrote it first.</summary>
/// <param name="message">Which object, and what was expected.</param>
/// <param name="innerException">What the service said; null when it was found here.</param>
public sealed class StoreConflictException(string message, Exception? innerException = null) : Exception(message, innerException);
