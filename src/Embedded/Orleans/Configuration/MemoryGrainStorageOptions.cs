namespace Orleans.Configuration;

/// <summary>Settings of the store in memory.</summary>
public class MemoryGrainStorageOptions
{
    /// <summary>The number of storage grains that counts when none is set.</summary>
    public const int NumStorageGrainsDefaultValue = 10;

    /// <summary>Over how many grains the real package spreads state; the embedded store needs none.</summary>
    public int NumStorageGrains { get; set; } = NumStorageGrainsDefaultValue;
}
