namespace NSft.Embedded.Orleans.Contract;

/// <summary>Carries a type without a serializer; apart from other grains, since Orleans refuses the whole interface.</summary>
internal interface IUndeclaredGrain : IGrainWithStringKey
{
    Task Refuse(Undeclared value);

    Task<object> RefuseResult();
}
