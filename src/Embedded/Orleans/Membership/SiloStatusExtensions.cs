namespace Orleans.Runtime;

/// <summary>Questions about a silo's state.</summary>
public static class SiloStatusExtensions
{
    /// <summary>Whether the silo is on the way out or gone.</summary>
    public static bool IsTerminating(this SiloStatus siloStatus) => siloStatus is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead;
}
