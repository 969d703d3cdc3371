using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A grain asks for a store that the silo does not have.</summary>
public class BadProviderConfigException : OrleansException
{
    /// <summary>An error without a message.</summary>
    public BadProviderConfigException()
    {
    }

    /// <summary>An error with a message.</summary>
    public BadProviderConfigException(string msg)
        : base(msg)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    public BadProviderConfigException(string msg, Exception exc)
        : base(msg, exc)
    {
    }
}
