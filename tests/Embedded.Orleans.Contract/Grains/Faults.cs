using System.Collections.Concurrent;

namespace NSft.Embedded.Orleans.Contract;

/// <summary>Faults that tests set and grains take.</summary>
internal sealed class Faults
{
    private readonly ConcurrentDictionary<string, bool> _set = new();

    public void Set(string name) => _set[name] = true;

    public bool Take(string name) => _set.TryRemove(name, out _);
}
