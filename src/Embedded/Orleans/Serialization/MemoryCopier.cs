namespace Orleans.Serialization;

internal sealed class MemoryCopier<TItem> : Copier<Memory<TItem>>
{
    public override Memory<TItem> Copy(Memory<TItem> value, CopyContext context) =>
        Copiers.Copy(value.ToArray(), context);
}
