namespace Orleans.Concurrency;

/// <summary>Says that a method changes nothing, so that calls of such methods may interleave.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute
{
}
