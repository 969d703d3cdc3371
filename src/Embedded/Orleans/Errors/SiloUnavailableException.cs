namespace Orleans.Runtime;

/// <summary>The silo that a call went to is gone; whether the call ran is unknown.</summary>
public class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>An error without a message.</summary>
    public SiloUnavailableException()
        : base("SiloUnavailableException")
    {
    }

    /// <summary>An error with a message.</summary>
    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
