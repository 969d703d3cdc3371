namespace NSft.Model.Tests.Tensors;

/// <summary>Tests that count live tensors or share one thread-bound library state: never in parallel with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorTests
{
    public const string Name = "Tensors";
}
