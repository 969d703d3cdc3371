namespace Orleans;

/// <summary>Checks settings before a silo joins its cluster.</summary>
public interface IConfigurationValidator
{
    /// <summary>Throws if a setting cannot work.</summary>
    /// <exception cref="Runtime.OrleansConfigurationException">One cannot.</exception>
    void ValidateConfiguration();
}
