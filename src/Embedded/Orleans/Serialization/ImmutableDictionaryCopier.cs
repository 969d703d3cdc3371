using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : Copier<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
{
    public override bool IsShallow { get; } = Declared.IsShallow(typeof(TKey)) && Declared.IsShallow(typeof(TValue));

    public override ImmutableDictionary<TKey, TValue> Copy(ImmutableDictionary<TKey, TValue> value, CopyContext context) =>
        IsShallow ? value : value.ToImmutableDictionary(pair => Copiers.Copy(pair.Key, context), pair => Copiers.Copy(pair.Value, context), value.KeyComparer);
}
