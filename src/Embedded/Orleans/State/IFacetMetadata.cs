namespace Orleans;

/// <summary>Marks attributes of constructor parameters that the engine fills.</summary>
public interface IFacetMetadata
{
}
