namespace Orleans.Concurrency;

/// <summary>Says that callers of a method do not wait for its end.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute
{
}
