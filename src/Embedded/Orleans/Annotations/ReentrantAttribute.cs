namespace Orleans.Concurrency;

/// <summary>Says that requests to a grain may interleave at awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute
{
}
