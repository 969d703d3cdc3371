using System.Text.Json.Serialization;

namespace NSft.Client.Processes;

/// <summary>What is known of one silo process of a state directory; kept as a file while the process lives.</summary>
internal sealed record SiloRecord
{
    /// <summary>Name of the silo, unique in its state directory.</summary>
    public required string Name { get; init; }

    /// <summary>The process.</summary>
    public required ProcessIdentity Process { get; init; }

    /// <summary>Address of the silo in the parsable form; null until it has joined.</summary>
    public string? Silo { get; init; }

    /// <summary>What the process is doing.</summary>
    public SiloProcessState State { get; init; }

    /// <summary>Slots for workers on its CPU.</summary>
    public int WorkersPerSilo { get; init; } = 1;

    /// <summary>Whether it offers the GPUs it sees.</summary>
    public bool Cuda { get; init; }

    /// <summary>Log file; null when the process writes to its terminal.</summary>
    public string? Log { get; init; }

    /// <summary>Where it answers about itself; null when it does not, or not yet.</summary>
    public Uri? Http { get; init; }

    /// <summary>When the process was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether the process still lives.</summary>
    [JsonIgnore]
    public bool IsAlive => Process.IsAlive;
}
