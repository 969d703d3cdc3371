namespace Orleans;

/// <summary>Names a grain class in identities.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute : Attribute
{
    /// <summary>Sets the name.</summary>
    public GrainTypeAttribute(string grainType) => Name = grainType;

    internal string Name { get; }
}
