using System.Reflection;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Orleans.Runtime;

/// <summary>A grain class and what its attributes say.</summary>
internal sealed class GrainClass
{
    private readonly Lazy<GrainConstructor> _constructor;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? ConventionalName(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        KeepAlive = type.IsDefined(typeof(KeepAliveAttribute));
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? new ActivationCountBasedPlacement();
        _constructor = new(() => new GrainConstructor(this));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public bool KeepAlive { get; }

    public PlacementStrategy Placement { get; }

    /// <summary>How objects of the class are made.</summary>
    public GrainConstructor Constructor => _constructor.Value;

    private static string ConventionalName(Type type)
    {
        string name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }
}
