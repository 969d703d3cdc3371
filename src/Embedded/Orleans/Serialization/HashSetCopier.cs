namespace Orleans.Serialization;

internal sealed class HashSetCopier<TItem> : Copier<HashSet<TItem>>
{
    public override HashSet<TItem> Copy(HashSet<TItem> value, CopyContext context)
    {
        if (context.TryGet(value, out HashSet<TItem> seen))
        {
            return seen;
        }

        HashSet<TItem> copy = new(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach (TItem item in value)
        {
            copy.Add(Copiers.Copy(item, context));
        }

        return copy;
    }
}
