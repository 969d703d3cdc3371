using System.Collections.Immutable;

namespace Orleans.Serialization;

internal sealed class ImmutableListCopier<TItem> : Copier<ImmutableList<TItem>>
{
    public override bool IsShallow { get; } = Declared.IsShallow(typeof(TItem));

    public override ImmutableList<TItem> Copy(ImmutableList<TItem> value, CopyContext context) =>
        IsShallow ? value : [.. value.Select(item => Copiers.Copy(item, context))];
}
