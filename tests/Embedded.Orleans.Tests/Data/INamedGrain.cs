namespace NSft.Embedded.Orleans.Tests.Data;

[Alias("tests.named")]
public interface INamedGrain : IGrainWithStringKey
{
    Task<int> Count();
}
