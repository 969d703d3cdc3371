namespace NSft.Embedded.Orleans.Contract;

/// <summary>No class implements it.</summary>
internal interface IOrphanGrain : IGrainWithStringKey
{
    Task Nothing();
}
