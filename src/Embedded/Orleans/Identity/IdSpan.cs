using System.Text;

namespace Orleans.Runtime;

/// <summary>A key or a type name inside a grain's identity.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _text;

    private IdSpan(string text) => _text = text;

    /// <summary>True for the value that names nothing.</summary>
    public bool IsDefault => string.IsNullOrEmpty(_text);

    /// <summary>Makes an id of a text.</summary>
    public static IdSpan Create(string id) => new(id);

    /// <summary>Compares two ids.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Compares two ids.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) => string.Equals(_text ?? "", obj._text ?? "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (_text ?? "").GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => string.CompareOrdinal(_text ?? "", other._text ?? "");

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";

    /// <summary>FNV-1a: the same in every process, unlike the hash of a string.</summary>
    internal uint StableHash()
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(_text ?? ""))
        {
            hash = (hash ^ b) * 16777619;
        }

        return hash;
    }
}
