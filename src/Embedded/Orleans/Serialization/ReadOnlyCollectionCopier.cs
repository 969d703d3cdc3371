using System.Collections.ObjectModel;

namespace Orleans.Serialization;

internal sealed class ReadOnlyCollectionCopier<TItem> : Copier<ReadOnlyCollection<TItem>>
{
    public override ReadOnlyCollection<TItem> Copy(ReadOnlyCollection<TItem> value, CopyContext context) =>
        new([.. value.Select(item => Copiers.Copy(item, context))]);
}
