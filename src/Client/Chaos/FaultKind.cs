namespace NSft.Client.Chaos;

/// <summary>What is done to a cluster while a run goes on.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL of one silo.</summary>
    Kill = 0,

    /// <summary>SIGKILL of two silos at the same time.</summary>
    DoubleKill = 1,

    /// <summary>SIGSTOP of one silo, SIGCONT later.</summary>
    Freeze = 2,

    /// <summary>A new silo.</summary>
    Join = 3,

    /// <summary>SIGTERM of one silo: its workers leave at a step boundary.</summary>
    Drain = 4,

    /// <summary>Another number of workers is wanted.</summary>
    Scale = 5,

    /// <summary>The run is paused, and resumed later.</summary>
    Pause = 6,
}
