namespace NSft.Client.Processes;

/// <summary>Signals that are sent to silos, by their Linux numbers.</summary>
internal enum ProcessSignal
{
    /// <summary>Ends the process at once.</summary>
    Kill = 9,

    /// <summary>Asks for an orderly end.</summary>
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,

    /// <summary>Stops the process where it is.</summary>
    Stop = 19,
}
