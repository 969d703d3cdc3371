namespace Orleans.Serialization;

internal sealed class ListCopier<TItem> : Copier<List<TItem>>
{
    public override List<TItem> Copy(List<TItem> value, CopyContext context)
    {
        if (context.TryGet(value, out List<TItem> seen))
        {
            return seen;
        }

        List<TItem> copy = new(value.Count);
        context.Record(value, copy);
        foreach (TItem item in value)
        {
            copy.Add(Copiers.Copy(item, context));
        }

        return copy;
    }
}
