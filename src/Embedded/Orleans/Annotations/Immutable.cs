namespace Orleans.Concurrency;

/// <summary>Wraps a value that is never changed, so that calls pass it without a copy.</summary>
[GenerateSerializer]
[Immutable]
public readonly struct Immutable<T>
{
    /// <summary>The value.</summary>
    [Id(0)]
    public readonly T Value;

    /// <summary>Wraps a value.</summary>
    public Immutable(T value) => Value = value;
}
