using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Copies results.</summary>
internal sealed class ResultCopier
{
    private readonly ArgumentCopier _copier;

    private ResultCopier(ArgumentCopier copier) => _copier = copier;

    public static ResultCopier For(Type type, bool isImmutable) =>
        new(isImmutable ? new ArgumentCopier.PassThrough() : ArgumentCopier.Create(type));

    public object? Copy(object? value, CopyContext context) => _copier.Copy(value, context);
}
