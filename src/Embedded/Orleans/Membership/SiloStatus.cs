namespace Orleans.Runtime;

/// <summary>The state of a silo in its cluster.</summary>
public enum SiloStatus
{
    /// <summary>Unknown.</summary>
    None = 0,

    /// <summary>Made, not yet joining.</summary>
    Created = 1,

    /// <summary>On the way in.</summary>
    Joining = 2,

    /// <summary>In.</summary>
    Active = 3,

    /// <summary>On the way out.</summary>
    ShuttingDown = 4,

    /// <summary>On the way out in haste.</summary>
    Stopping = 5,

    /// <summary>Gone.</summary>
    Dead = 6,
}
