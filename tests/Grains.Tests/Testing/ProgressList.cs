namespace NSft.Grains.Tests.Testing;

/// <summary>Keeps what is reported, on the reporter's thread.</summary>
internal sealed class ProgressList<T> : IProgress<T>
{
    internal List<T> Items { get; } = [];

    public void Report(T value)
    {
        lock (Items)
        {
            Items.Add(value);
        }
    }
}
