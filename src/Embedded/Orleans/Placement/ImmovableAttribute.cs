namespace Orleans.Placement;

/// <summary>Keeps the cluster from moving a grain's activation on its own account. This engine never does.</summary>
/// <param name="kind">Which moves are forbidden.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ImmovableAttribute(ImmovableKind kind = ImmovableKind.Any) : Attribute
{
    /// <summary>Which moves are forbidden.</summary>
    public ImmovableKind Kind { get; } = kind;
}
