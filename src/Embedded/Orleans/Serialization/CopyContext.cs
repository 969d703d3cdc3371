using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>One deep copy: which objects were copied already, and which references to grains were met.</summary>
internal sealed class CopyContext
{
    private Dictionary<object, object>? _copies;

    /// <summary>References to grains in the copy; they are not bound to a node yet.</summary>
    public List<GrainReference>? References { get; private set; }

    /// <summary>The copy of an object that was met before.</summary>
    public bool TryGet<T>(T original, out T copy)
        where T : class
    {
        bool found = _copies is not null & (_copies?.TryGetValue(original, out object? value) ?? Fail(out value));
        copy = found ? (T)value! : null!;
        return found;
    }

    /// <summary>Remembers a copy, before its members are copied, so that cycles end.</summary>
    public void Record(object original, object copy) => (_copies ??= new(ReferenceEqualityComparer.Instance))[original] = copy;

    /// <summary>Remembers a reference to a grain.</summary>
    public void Add(GrainReference reference) => (References ??= []).Add(reference);

    private static bool Fail(out object? value)
    {
        value = null;
        return false;
    }
}
