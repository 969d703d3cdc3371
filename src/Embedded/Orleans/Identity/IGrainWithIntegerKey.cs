namespace Orleans;

/// <summary>A grain whose key is a number.</summary>
public interface IGrainWithIntegerKey : IGrain
{
}
