namespace Orleans.Serialization;

internal sealed class SortedSetCopier<TItem> : Copier<SortedSet<TItem>>
{
    public override SortedSet<TItem> Copy(SortedSet<TItem> value, CopyContext context)
    {
        if (context.TryGet(value, out SortedSet<TItem> seen))
        {
            return seen;
        }

        SortedSet<TItem> copy = new(value.Comparer);
        context.Record(value, copy);
        foreach (TItem item in value)
        {
            copy.Add(Copiers.Copy(item, context));
        }

        return copy;
    }
}
