namespace Orleans.Runtime;

/// <summary>The host's settings cannot work.</summary>
public class OrleansConfigurationException : Exception
{
    /// <summary>An error with a message.</summary>
    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public OrleansConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
