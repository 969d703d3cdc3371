namespace Orleans.Runtime;

/// <summary>Asks for a named piece of stored state as a constructor's parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute, IFacetMetadata
{
    /// <summary>Sets the names of the state and of the store.</summary>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        StateName = stateName;
        StorageName = storageName;
    }

    /// <summary>The state's name.</summary>
    public string StateName { get; }

    /// <summary>The store's name.</summary>
    public string? StorageName { get; }
}
