namespace NSft.Embedded.Orleans.Tests.Support;

[CollectionDefinition(nameof(StarvationTests), DisableParallelization = true)]
public sealed class AloneDefinition;
