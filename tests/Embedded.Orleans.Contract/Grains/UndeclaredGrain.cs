namespace NSft.Embedded.Orleans.Contract;

internal sealed class UndeclaredGrain : Grain, IUndeclaredGrain
{
    public Task Refuse(Undeclared value) => Task.CompletedTask;

    public Task<object> RefuseResult() => Task.FromResult<object>(new Undeclared());
}
