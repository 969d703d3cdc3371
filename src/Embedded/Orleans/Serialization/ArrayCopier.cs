namespace Orleans.Serialization;

internal sealed class ArrayCopier<TItem> : Copier<TItem[]>
{
    private readonly bool _isShallow = Declared.IsShallow(typeof(TItem));

    public override TItem[] Copy(TItem[] value, CopyContext context)
    {
        if (_isShallow)
        {
            return value.Length == 0 ? value : value.AsSpan().ToArray();
        }

        if (context.TryGet(value, out TItem[] seen))
        {
            return seen;
        }

        TItem[] copy = new TItem[value.Length];
        context.Record(value, copy);
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = Copiers.Copy(value[i], context);
        }

        return copy;
    }
}
