namespace Orleans;

/// <summary>Says that idle activations of a grain class are kept.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute
{
}
