using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>
/// Values as bytes, by compiled codecs, one for each type. What the copiers refuse is refused here with the same error, both by
/// the writer and by the reader, so that nothing but declared types is ever made from bytes.
/// </summary>
internal static class Codecs
{
    private static readonly ConcurrentDictionary<Type, Codec> ByType = new();

    /// <summary>The codec of a run-time type.</summary>
    /// <exception cref="CodecNotFoundException">The type is not declared to travel in messages.</exception>
    public static Codec For(Type type) => ByType.TryGetValue(type, out Codec? codec) ? codec : ByType.GetOrAdd(type, CodecFactory.Create(type));

    /// <summary>The length of members of a type.</summary>
    public static WireKind KindOf<T>() => typeof(T).IsValueType ? Cache<T>.Exact.Kind : WireKind.Sized;

    /// <summary>Writes a value in a place of a static type.</summary>
    public static void Write<T>(WireWriter writer, T value)
    {
        if (typeof(T).IsValueType)
        {
            Cache<T>.Exact.Write(writer, value);
            return;
        }

        switch (value)
        {
            case null:
                writer.WriteByte((byte)WireTag.Null);
                break;
            case GrainReference reference:
                ReferenceCodec.Write(writer, reference);
                break;
            case Exception error:
                ExceptionCodec.Write(writer, error);
                break;
            default:
                WriteObject(writer, typeof(T), value);
                break;
        }
    }

    /// <summary>Reads a value in a place of a static type.</summary>
    public static T Read<T>(WireReader reader)
    {
        if (typeof(T).IsValueType)
        {
            return Cache<T>.Exact.Read(reader);
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw WireReader.Malformed("its objects are nested too deep");
        }

        int start = reader.Position;
        WireTag tag = (WireTag)reader.ReadByte();
        object? value = tag switch
        {
            WireTag.Null => null,
            WireTag.Seen => reader.ReadSeen<T>(),
            WireTag.Exact => ReadExact(reader, Cache<T>.Exact, start),
            WireTag.Typed => ReadTyped(reader, typeof(T), start),
            WireTag.Reference => ReferenceCodec.Read(reader),
            WireTag.Error => ExceptionCodec.Read(reader),
            _ => throw WireReader.Malformed($"an object of kind {(byte)tag}"),
        };
        return value is T or null ? (T)value! : throw WireReader.Malformed($"a {value.GetType()} in the place of a {typeof(T)}");
    }

    /// <summary>Reads an object that stands in a skipped member, whose static type is not known.</summary>
    public static object? ReadSkipped<T>(WireReader reader)
    {
        int start = reader.Position;
        WireTag tag = (WireTag)reader.ReadByte();
        return tag switch
        {
            WireTag.Exact when !Cache<T>.Exact.HasSubtypes => ReadExact(reader, Cache<T>.Exact, start),
            WireTag.Typed => ReadTyped(reader, typeof(T), start),
            _ => throw WireReader.Malformed("an object stands in an unknown member"),
        };
    }

    private static object ReadExact(WireReader reader, Codec codec, int start)
    {
        reader.Start = start;
        return codec.ReadObject(reader);
    }

    private static object ReadTyped(WireReader reader, Type place, int start)
    {
        Type type = reader.ReadType();
        if (!place.IsAssignableFrom(type))
        {
            throw WireReader.Malformed($"a {type} in the place of a {place}");
        }

        return ReadExact(reader, For(type), start);
    }

    private static void WriteObject(WireWriter writer, Type place, object value)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new SerializerException("The objects of a message are nested too deep.");
        }

        Type type = TravellingType(value);
        if (type != place && CollectionFallback.Replaces(place, type) is { } fallback)
        {
            value = fallback.CopyObject(value, new CopyContext());
            type = value.GetType();
        }

        Codec codec = For(type);
        if (codec.IsTracked && writer.TryWriteSeen(value))
        {
            return;
        }

        if (type == place && !codec.HasSubtypes)
        {
            writer.WriteByte((byte)WireTag.Exact);
        }
        else
        {
            writer.WriteByte((byte)WireTag.Typed);
            writer.WriteType(type);
        }

        codec.WriteObject(writer, value);
    }

    /// <summary>Some types have hidden subclasses.</summary>
    private static Type TravellingType(object value) => value switch
    {
        Type => typeof(Type),
        IPAddress => typeof(IPAddress),
        _ => value.GetType(),
    };

    private static class Cache<T>
    {
        /// <summary>Made on first use, so that types may contain themselves.</summary>
        public static Codec<T> Exact => s_exact ??= (Codec<T>)For(typeof(T));

#pragma warning disable IDE1006 // a cache, not a constant
        private static Codec<T>? s_exact;
#pragma warning restore IDE1006
    }
}
