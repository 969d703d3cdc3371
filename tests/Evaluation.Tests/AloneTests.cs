namespace NSft.Evaluation.Tests;

/// <summary>Tests that count live tensors of the process: never in parallel with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    internal const string Name = "alone";
}
