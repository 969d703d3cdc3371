namespace NSft.Client;

/// <summary>What the console returns to the shell.</summary>
internal static class ExitCodes
{
    /// <summary>All done.</summary>
    public const int Success = 0;

    /// <summary>A failure of ours.</summary>
    public const int InternalError = 1;

    /// <summary>The user can mend it: input, options, files.</summary>
    public const int UserError = 2;

    /// <summary>Interrupted by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
