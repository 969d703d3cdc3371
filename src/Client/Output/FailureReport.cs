using NSft.Collectives;

namespace NSft.Client.Output;

/// <summary>Turns an exception into one line on standard error and an exit code.</summary>
internal static class FailureReport
{
    /// <summary>Set to 1 to see stack traces.</summary>
    public const string DebugVariable = "NSFT_DEBUG";

    /// <summary>Writes the line.</summary>
    public static int Write(Exception error)
    {
        (int code, string line) = Describe(error);
        Console.Error.WriteLine(line);
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            Console.Error.WriteLine(error);
        }

        return code;
    }

    /// <summary>Exit code and line of a failure.</summary>
    public static (int Code, string Line) Describe(Exception error)
    {
        Exception[] chain = [.. Flatten(error)];
        if (chain.OfType<UserInputException>().FirstOrDefault() is UserInputException mistake)
        {
            return (ExitCodes.UserError, "nsft: " + OneLine(mistake.Message));
        }

        if (chain.OfType<OperationCanceledException>().Any())
        {
            return (ExitCodes.Interrupted, "nsft: interrupted");
        }

        Exception? file = chain.FirstOrDefault(item => item is IOException or UnauthorizedAccessException);
        if (file is not null)
        {
            return (ExitCodes.UserError, "nsft: " + OneLine(file.Message));
        }

        Exception cause = chain[^1];
        return (ExitCodes.InternalError, $"nsft: internal error: {cause.GetType().Name}: {OneLine(cause.Message)} (set {DebugVariable}=1 for details)");
    }

    /// <summary>A message without line breaks.</summary>
    public static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<Exception> Flatten(Exception error)
    {
        yield return error;
        IEnumerable<Exception> causes = error is AggregateException many ? many.InnerExceptions : error.InnerException is Exception inner ? [inner] : [];
        foreach (Exception cause in causes.SelectMany(Flatten))
        {
            yield return cause;
        }
    }
}
