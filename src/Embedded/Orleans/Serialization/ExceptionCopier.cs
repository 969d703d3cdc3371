namespace Orleans.Serialization;

internal sealed class ExceptionCopier<T> : Copier<T>
    where T : Exception
{
    public override T Copy(T value, CopyContext context) => (T)ExceptionCopies.Copy(value, context);
}
