namespace Orleans.Serialization;

internal sealed class ArraySegmentCopier<TItem> : Copier<ArraySegment<TItem>>
{
    public override ArraySegment<TItem> Copy(ArraySegment<TItem> value, CopyContext context) =>
        value.Array is null ? value : new(Copiers.Copy(value.ToArray(), context));
}
