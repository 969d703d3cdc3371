namespace NSft.Collectives;

/// <summary>An error that the user caused and can mend: one line that names the file and the tensor, row or option.</summary>
public class UserInputException : Exception
{
    /// <summary>An error without a message; prefer to say what is wrong.</summary>
    public UserInputException()
    {
    }

    /// <summary>An error with its one line.</summary>
    /// <param name="message">What is wrong and where.</param>
    public UserInputException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its one line and what caused it.</summary>
    /// <param name="message">What is wrong and where.</param>
    /// <param name="innerException">The cause.</param>
    public UserInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
