using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Values that flow from callers to callees.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Values?> Current = new();

    /// <summary>The keys that have values.</summary>
    public static IEnumerable<string> Keys => Current.Value?.Map is { } map ? map.Keys : [];

    /// <summary>The keys and values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Current.Value?.Map ?? [];

    /// <summary>The call chain that may re-enter grains; empty for none.</summary>
    public static Guid ReentrancyId
    {
        get => Current.Value?.ReentrancyId ?? Guid.Empty;
        set => Current.Value = new Values(Current.Value?.Map, value);
    }

    /// <summary>The value of a key; null if it has none.</summary>
    public static object? Get(string key) => Current.Value?.Map is { } map && map.TryGetValue(key, out object? value) ? value : null;

    /// <summary>Sets the value of a key for the calls from here on.</summary>
    public static void Set(string key, object value)
    {
        Dictionary<string, object> map = Current.Value?.Map is { } old ? new(old) : [];
        map[key] = value;
        Current.Value = new Values(map, ReentrancyId);
    }

    /// <summary>Removes a key.</summary>
    public static bool Remove(string key)
    {
        if (Current.Value?.Map is not { } old || !old.ContainsKey(key))
        {
            return false;
        }

        Dictionary<string, object> map = new(old);
        map.Remove(key);
        Current.Value = new Values(map.Count == 0 ? null : map, ReentrancyId);
        return true;
    }

    /// <summary>Removes all.</summary>
    public static void Clear() => Current.Value = null;

    /// <summary>Lets calls that this one causes come back into the calling grain until disposed.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        Guid original = ReentrancyId;
        Guid id = original == Guid.Empty ? Guid.NewGuid() : original;
        return new ReentrancySection(original, id);
    }

    /// <summary>Takes that permission away until disposed.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    internal static Dictionary<string, object>? Export(CopyContext copies)
    {
        if (Current.Value?.Map is not { Count: > 0 } map)
        {
            return null;
        }

        Dictionary<string, object> copy = new(map.Count);
        foreach ((string key, object value) in map)
        {
            copy[key] = Copiers.CopyAny(value, copies)!;
        }

        return copy;
    }

    internal static void Import(IReadOnlyDictionary<string, object>? values, Guid reentrancyId) =>
        Current.Value = values is null && reentrancyId == Guid.Empty
            ? null
            : new Values(values is null ? null : new Dictionary<string, object>(values), reentrancyId);

    private sealed record Values(Dictionary<string, object>? Map, Guid ReentrancyId);

    /// <summary>A part of a method in which call-chain re-entrancy is allowed or suppressed.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _entered;
        private readonly Activation? _activation;

        /// <summary>Enters a section.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _entered = newReentrancyId;
            _activation = newReentrancyId == Guid.Empty ? null : Activation.Current;
            _activation?.EnterSection(newReentrancyId);
            ReentrancyId = newReentrancyId;
        }

        /// <summary>Leaves the section.</summary>
        public void Dispose()
        {
            _activation?.LeaveSection(_entered);
            ReentrancyId = _original;
        }
    }
}
