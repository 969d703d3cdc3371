namespace Orleans.Configuration;

/// <summary>A silo's name.</summary>
public class SiloOptions
{
    /// <summary>The name; unset, one is made.</summary>
    public string SiloName { get; set; } = null!;
}
