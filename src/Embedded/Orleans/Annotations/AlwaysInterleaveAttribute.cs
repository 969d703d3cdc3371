namespace Orleans.Concurrency;

/// <summary>Says that a method of a grain interface may run while other requests wait.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute
{
}
