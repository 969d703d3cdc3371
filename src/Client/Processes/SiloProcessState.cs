namespace NSft.Client.Processes;

/// <summary>What a silo process says of itself.</summary>
internal enum SiloProcessState
{
    /// <summary>It has not joined yet, or joins again after it was declared dead.</summary>
    Starting = 0,

    /// <summary>It is a member of the cluster.</summary>
    Active = 1,

    /// <summary>Its workers leave; it ends soon.</summary>
    Draining = 2,
}
