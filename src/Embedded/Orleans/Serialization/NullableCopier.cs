namespace Orleans.Serialization;

internal sealed class NullableCopier<T> : Copier<T?>
    where T : struct
{
    public override bool IsShallow { get; } = Declared.IsShallow(typeof(T));

    public override T? Copy(T? value, CopyContext context) => value is { } some ? Copiers.Copy(some, context) : null;
}
