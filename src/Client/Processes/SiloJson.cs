namespace NSft.Client.Processes;

/// <summary>A silo process as JSON.</summary>
/// <param name="Name">Name.</param>
/// <param name="Pid">Process number.</param>
/// <param name="State">What it does.</param>
/// <param name="Silo">Address of its silo; null while it has none.</param>
/// <param name="WorkersPerSilo">Slots for workers.</param>
/// <param name="Cuda">Whether it offers GPUs.</param>
/// <param name="Log">Its log; null for its terminal.</param>
/// <param name="Http">Where it answers /metrics and /healthz/*; null when it does not.</param>
/// <param name="StartedAt">When it was started.</param>
internal sealed record SiloJson(string Name, int Pid, string State, string? Silo, int WorkersPerSilo, bool Cuda, string? Log, Uri? Http, DateTimeOffset StartedAt)
{
    /// <summary>The JSON form of a record.</summary>
    public static SiloJson Of(SiloRecord record) => new(
        record.Name, record.Process.Pid, SiloTable.StateWord(record), record.Silo, record.WorkersPerSilo, record.Cuda, record.Log, record.Http, record.StartedAt);
}
