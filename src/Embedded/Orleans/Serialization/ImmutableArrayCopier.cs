using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableArrayCopier<TItem> : Copier<ImmutableArray<TItem>>
{
    public override bool IsShallow { get; } = Declared.IsShallow(typeof(TItem));

    public override ImmutableArray<TItem> Copy(ImmutableArray<TItem> value, CopyContext context) =>
        IsShallow || value.IsDefault ? value : [.. value.Select(item => Copiers.Copy(item, context))];
}
