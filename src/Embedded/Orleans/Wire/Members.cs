namespace Orleans.Serialization;

/// <summary>One member of an object; called by compiled code.</summary>
internal static class Members
{
    /// <summary>Writes a member unless it is null or the number zero.</summary>
    public static void Write<T>(WireWriter writer, ulong key, T value)
    {
        WireKind kind = Codecs.KindOf<T>();
        if (value is null || (kind == WireKind.Varint && EqualityComparer<T>.Default.Equals(value, default)))
        {
            return;
        }

        writer.WriteVarint(key | (ulong)kind);
        if (kind != WireKind.Sized)
        {
            Codecs.Write(writer, value);
            return;
        }

        int begin = writer.BeginSized();
        Codecs.Write(writer, value);
        writer.EndSized(begin);
    }

    /// <summary>Reads a member whose kind the reader has met.</summary>
    public static T Read<T>(WireReader reader)
    {
        WireKind kind = Codecs.KindOf<T>();
        if (reader.MemberKind != kind)
        {
            throw WireReader.Malformed($"a member of the type {typeof(T)} is of another kind");
        }

        if (kind != WireKind.Sized)
        {
            return Codecs.Read<T>(reader);
        }

        int length = reader.ReadFixed();
        int end = reader.Position + length;
        T value = Codecs.Read<T>(reader);
        return reader.Position == end ? value : throw WireReader.Malformed($"a member of the type {typeof(T)} has {length} bytes");
    }

    /// <summary>Deadlines travel as the time that is left: clocks of processes may differ.</summary>
    public static void WriteDeadline(WireWriter writer, ulong key, DateTimeOffset deadline) =>
        Write(writer, key, deadline == DateTimeOffset.MaxValue ? long.MaxValue : (deadline - writer.Now).Ticks);

    /// <summary>Reads what <see cref="WriteDeadline"/> wrote.</summary>
    public static DateTimeOffset ReadDeadline(WireReader reader)
    {
        long ticks = Read<long>(reader);
        return ticks is > -TimeSpan.TicksPerDay * 365 and < TimeSpan.TicksPerDay * 36_500 ? reader.Now.AddTicks(ticks) : DateTimeOffset.MaxValue;
    }
}
