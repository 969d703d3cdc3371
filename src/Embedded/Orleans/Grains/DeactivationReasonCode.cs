namespace Orleans;

/// <summary>The kind of reason for which an activation ends.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>None given.</summary>
    None = 0,

    /// <summary>The silo stops.</summary>
    ShuttingDown = 1,

    /// <summary>The activation did not start.</summary>
    ActivationFailed = 2,

    /// <summary>The directory could not be reached.</summary>
    DirectoryFailure = 3,

    /// <summary>Nobody called for a while.</summary>
    ActivationIdle = 4,

    /// <summary>A request took too long.</summary>
    ActivationUnresponsive = 5,

    /// <summary>Another activation of the grain was first.</summary>
    DuplicateActivation = 6,

    /// <summary>A request needs another version.</summary>
    IncompatibleRequest = 7,

    /// <summary>The grain's state is not the stored one any more.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>The grain moves to another silo.</summary>
    Migrating = 10,

    /// <summary>The engine asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>Memory is short.</summary>
    HighMemoryPressure = 12,
}
