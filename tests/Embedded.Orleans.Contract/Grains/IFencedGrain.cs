namespace NSft.Embedded.Orleans.Contract;

/// <summary>Several activations on one record, as after a partition.</summary>
internal interface IFencedGrain : IGrainWithStringKey
{
    Task<string?> Load();

    Task<string?> Write();

    Task<Guid> ActivationKey();
}
