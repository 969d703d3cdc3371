namespace NSft.Embedded.Orleans.Contract;

internal interface IStateGrain : IGrainWithStringKey
{
    Task<int> Count();

    Task<string?> Increment();

    Task Forget();

    Task<bool> Exists();

    Task ChangeWithoutWriting(int value);

    Task<int> Reread();

    Task End();

    Task<Guid> ActivationKey();

    Task<string?> OtherEtag();
}
