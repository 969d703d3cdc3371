namespace Orleans.Serialization;

internal sealed class QueueCopier<TItem> : Copier<Queue<TItem>>
{
    public override Queue<TItem> Copy(Queue<TItem> value, CopyContext context)
    {
        if (context.TryGet(value, out Queue<TItem> seen))
        {
            return seen;
        }

        Queue<TItem> copy = new(value.Count);
        context.Record(value, copy);
        foreach (TItem item in value)
        {
            copy.Enqueue(Copiers.Copy(item, context));
        }

        return copy;
    }
}
