namespace Orleans.Serialization;

/// <summary>Stands for an error whose type the receiver does not have.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    /// <summary>An error without a message.</summary>
    public UnavailableExceptionFallbackException()
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public UnavailableExceptionFallbackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal UnavailableExceptionFallbackException(string exceptionType) => ExceptionType = exceptionType;

    /// <summary>The full name of the error's type.</summary>
    public string ExceptionType { get; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"Unknown exception of type {ExceptionType}: {base.ToString()}";
}
