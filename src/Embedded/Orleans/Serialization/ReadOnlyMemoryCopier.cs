namespace Orleans.Serialization;

internal sealed class ReadOnlyMemoryCopier<TItem> : Copier<ReadOnlyMemory<TItem>>
{
    public override ReadOnlyMemory<TItem> Copy(ReadOnlyMemory<TItem> value, CopyContext context) =>
        Copiers.Copy(value.ToArray(), context);
}
