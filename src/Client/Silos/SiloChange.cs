namespace NSft.Client.Silos;

/// <summary>A change of state of the silo of a process.</summary>
/// <param name="Silo">Address of the silo in the parsable form; null while it has none.</param>
/// <param name="IsDraining">Whether it is about to leave.</param>
internal sealed record SiloChange(string? Silo, bool IsDraining = false)
{
    /// <summary>The silo is no member any more.</summary>
    public static SiloChange Gone { get; } = new((string?)null);

    /// <summary>The silo is a member.</summary>
    public static SiloChange Active(string silo) => new(silo);
}
