namespace Orleans.Runtime;

/// <summary>An error of the engine, not of a grain.</summary>
public class OrleansException : Exception
{
    /// <summary>An error without a message.</summary>
    public OrleansException()
        : base("Unexpected error.")
    {
    }

    /// <summary>An error with a message.</summary>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
