using System.Reflection;

namespace Orleans.Serialization;

/// <summary>A member that travels.</summary>
/// <param name="Key">Its number in messages.</param>
/// <param name="Field">The field, or backing field of the property.</param>
internal readonly record struct SerializableMember(ulong Key, FieldInfo Field);
