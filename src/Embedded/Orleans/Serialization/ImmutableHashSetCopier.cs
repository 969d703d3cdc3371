using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableHashSetCopier<TItem> : Copier<ImmutableHashSet<TItem>>
{
    public override bool IsShallow { get; } = Declared.IsShallow(typeof(TItem));

    public override ImmutableHashSet<TItem> Copy(ImmutableHashSet<TItem> value, CopyContext context) =>
        IsShallow ? value : value.Select(item => Copiers.Copy(item, context)).ToImmutableHashSet(value.KeyComparer);
}
