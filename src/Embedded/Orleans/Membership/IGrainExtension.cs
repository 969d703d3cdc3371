namespace Orleans.Runtime;

/// <summary>An interface that every activation offers beside the grain's own.</summary>
public interface IGrainExtension : IAddressable
{
}
