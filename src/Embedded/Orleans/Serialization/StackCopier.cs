namespace Orleans.Serialization;

internal sealed class StackCopier<TItem> : Copier<Stack<TItem>>
{
    public override Stack<TItem> Copy(Stack<TItem> value, CopyContext context)
    {
        if (context.TryGet(value, out Stack<TItem> seen))
        {
            return seen;
        }

        Stack<TItem> copy = new(value.Count);
        context.Record(value, copy);
        foreach (TItem item in value.Reverse())
        {
            copy.Push(Copiers.Copy(item, context));
        }

        return copy;
    }
}
