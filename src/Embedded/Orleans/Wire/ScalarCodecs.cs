using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>The codecs of built-in types that are no collections.</summary>
internal static class ScalarCodecs
{
    /// <summary>By type; enums, arrays and generic types have theirs from <see cref="CodecFactory"/>.</summary>
    public static IReadOnlyDictionary<Type, Codec> All { get; } = Create();

    private static Dictionary<Type, Codec> Create()
    {
        Dictionary<Type, Codec> all = [];
        AddNumbers(all);
        AddTimes(all);
        AddTexts(all);
        AddIdentities(all);
        return all;
    }

    private static void AddNumbers(Dictionary<Type, Codec> all)
    {
        Add<bool>(all, WireKind.Fixed1, (writer, value) => writer.WriteByte(value ? (byte)1 : (byte)0), reader => reader.ReadByte() != 0);
        Add<short>(all, WireKind.Varint, (writer, value) => writer.WriteSigned(value), reader => checked((short)reader.ReadSigned()));
        Add<ushort>(all, WireKind.Varint, (writer, value) => writer.WriteVarint(value), reader => checked((ushort)reader.ReadVarint()));
        Add<char>(all, WireKind.Varint, (writer, value) => writer.WriteVarint(value), reader => (char)checked((ushort)reader.ReadVarint()));
        Add<int>(all, WireKind.Varint, (writer, value) => writer.WriteSigned(value), reader => checked((int)reader.ReadSigned()));
        Add<uint>(all, WireKind.Varint, (writer, value) => writer.WriteVarint(value), reader => checked((uint)reader.ReadVarint()));
        Add<long>(all, WireKind.Varint, (writer, value) => writer.WriteSigned(value), reader => reader.ReadSigned());
        Add<ulong>(all, WireKind.Varint, (writer, value) => writer.WriteVarint(value), reader => reader.ReadVarint());
        Add<nint>(all, WireKind.Varint, (writer, value) => writer.WriteSigned(value), reader => checked((nint)reader.ReadSigned()));
        Add<nuint>(all, WireKind.Varint, (writer, value) => writer.WriteVarint(value), reader => checked((nuint)reader.ReadVarint()));
        Blit<byte>(all);
        Blit<sbyte>(all);
        Blit<float>(all);
        Blit<double>(all);
        Blit<Half>(all);
        Blit<Int128>(all);
        Blit<UInt128>(all);
        Blit<Complex>(all);
        Blit<Guid>(all);
        Add<decimal>(all, WireKind.Sized, WriteDecimal, reader => new decimal([reader.ReadFixed(), reader.ReadFixed(), reader.ReadFixed(), reader.ReadFixed()]));
        Add<BigInteger>(all, WireKind.Sized, (writer, value) => writer.WriteBlock(value.ToByteArray()), reader => new BigInteger(reader.ReadBlock()));
        Add<Rune>(all, WireKind.Varint, (writer, value) => writer.WriteVarint((uint)value.Value), reader => new Rune(checked((uint)reader.ReadVarint())));
    }

    private static void AddTimes(Dictionary<Type, Codec> all)
    {
        Add<DateTime>(all, WireKind.Sized, WriteDateTime, ReadDateTime);
        Add<DateTimeOffset>(
            all,
            WireKind.Sized,
            (writer, value) =>
            {
                writer.WriteSigned(value.Ticks);
                writer.WriteSigned(value.Offset.Ticks);
            },
            reader => new DateTimeOffset(reader.ReadSigned(), new TimeSpan(reader.ReadSigned())));
        Add<TimeSpan>(all, WireKind.Varint, (writer, value) => writer.WriteSigned(value.Ticks), reader => new TimeSpan(reader.ReadSigned()));
        Add<DateOnly>(all, WireKind.Varint, (writer, value) => writer.WriteSigned(value.DayNumber), reader => DateOnly.FromDayNumber(checked((int)reader.ReadSigned())));
        Add<TimeOnly>(all, WireKind.Varint, (writer, value) => writer.WriteSigned(value.Ticks), reader => new TimeOnly(reader.ReadSigned()));
    }

    private static void AddTexts(Dictionary<Type, Codec> all)
    {
        Add<string>(all, WireKind.Sized, (writer, value) => writer.WriteString(value), reader => reader.ReadString());
        Add<Uri>(all, WireKind.Sized, (writer, value) => writer.WriteString(value.OriginalString), reader => new Uri(reader.ReadString(), UriKind.RelativeOrAbsolute));
        Add<Version>(all, WireKind.Sized, (writer, value) => writer.WriteString(value.ToString()), reader => Version.Parse(reader.ReadString()));
        Add<CultureInfo>(all, WireKind.Sized, (writer, value) => writer.WriteString(value.Name), reader => CultureInfo.GetCultureInfo(reader.ReadString()));
        Add<CompareInfo>(all, WireKind.Sized, (writer, value) => writer.WriteString(value.Name), reader => CompareInfo.GetCompareInfo(reader.ReadString()));
        Add<Type>(all, WireKind.Sized, (writer, value) => writer.WriteType(value), reader => reader.ReadType());
        Add<object>(all, WireKind.Sized, (writer, _) => writer.WriteByte(0), ReadObject);
        Add<CancellationToken>(all, WireKind.Sized, (writer, _) => writer.WriteByte(0), reader => reader.ReadByte() == 0 ? CancellationToken.None : throw WireReader.Malformed("a token"));
    }

    private static void AddIdentities(Dictionary<Type, Codec> all)
    {
        Add<IPAddress>(all, WireKind.Sized, WriteAddress, ReadAddress);
        Add<IPEndPoint>(all, WireKind.Sized, WriteEndpoint, ReadEndpoint);
        Add<SiloAddress>(
            all,
            WireKind.Sized,
            (writer, value) =>
            {
                WriteEndpoint(writer, value.Endpoint);
                writer.WriteSigned(value.Generation);
            },
            reader => SiloAddress.New(ReadEndpoint(reader), checked((int)reader.ReadSigned())));
        Add<IdSpan>(all, WireKind.Sized, (writer, value) => writer.WriteString(value.ToString()), reader => IdSpan.Create(reader.ReadString()));
    }

    private static object ReadObject(WireReader reader)
    {
        reader.ReadByte();
        return new object();
    }

    private static void WriteDecimal(WireWriter writer, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        foreach (int part in parts)
        {
            writer.WriteFixed(part);
        }
    }

    private static void WriteDateTime(WireWriter writer, DateTime value)
    {
        writer.WriteByte((byte)value.Kind);
        writer.WriteSigned(value.Ticks);
    }

    private static DateTime ReadDateTime(WireReader reader)
    {
        DateTimeKind kind = (DateTimeKind)reader.ReadByte();
        return new DateTime(reader.ReadSigned(), kind);
    }

    private static void WriteAddress(WireWriter writer, IPAddress value)
    {
        byte[] bytes = value.GetAddressBytes();
        writer.WriteByte((byte)bytes.Length);
        writer.WriteRaw(bytes);
        writer.WriteVarint(bytes.Length == 16 ? (ulong)value.ScopeId : 0);
    }

    private static IPAddress ReadAddress(WireReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ReadRaw(reader.ReadByte());
        ulong scope = reader.ReadVarint();
        return bytes.Length == 16 ? new IPAddress(bytes, (long)scope) : new IPAddress(bytes);
    }

    private static void WriteEndpoint(WireWriter writer, IPEndPoint value)
    {
        WriteAddress(writer, value.Address);
        writer.WriteVarint((ulong)value.Port);
    }

    private static IPEndPoint ReadEndpoint(WireReader reader) => new(ReadAddress(reader), checked((int)reader.ReadVarint()));

    private static void Blit<T>(Dictionary<Type, Codec> all)
        where T : unmanaged => all[typeof(T)] = new BlitCodec<T>();

    private static void Add<T>(Dictionary<Type, Codec> all, WireKind kind, Action<WireWriter, T> write, Func<WireReader, T> read) =>
        all[typeof(T)] = new DelegateCodec<T>(kind, write, read);
}
