namespace Orleans;

/// <summary>A grain whose key is a text.</summary>
public interface IGrainWithStringKey : IGrain
{
}
