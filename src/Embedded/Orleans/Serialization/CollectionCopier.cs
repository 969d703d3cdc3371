using System.Collections.ObjectModel;

namespace Orleans.Serialization;

internal sealed class CollectionCopier<TItem> : Copier<Collection<TItem>>
{
    public override Collection<TItem> Copy(Collection<TItem> value, CopyContext context)
    {
        if (context.TryGet(value, out Collection<TItem> seen))
        {
            return seen;
        }

        Collection<TItem> copy = [];
        context.Record(value, copy);
        foreach (TItem item in value)
        {
            copy.Add(Copiers.Copy(item, context));
        }

        return copy;
    }
}
