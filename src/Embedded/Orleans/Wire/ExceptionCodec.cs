using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Errors travel as the copies of <see cref="ExceptionCopies"/> do; one of a type that the receiver does not have becomes an <see cref="UnavailableExceptionFallbackException"/>.</summary>
internal static class ExceptionCodec
{
    public static void Write(WireWriter writer, Exception error)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new SerializerException("The causes of an error are nested too deep.");
        }

        writer.WriteByte((byte)WireTag.Error);
        writer.WriteString(error is UnavailableExceptionFallbackException unknown ? unknown.ExceptionType : error.GetType().FullName!);
        writer.WriteString(ExceptionCopies.MessageOf(error));
        writer.WriteSigned(error.HResult);
        Codecs.Write(writer, ExceptionCopies.StackOf(error));
        Codecs.Write(writer, error.InnerException);
        Codecs.Write(writer, error is AggregateException aggregate ? aggregate.InnerExceptions.ToArray() : null);
        int begin = writer.BeginSized();
        if (IsDeclared(error.GetType()))
        {
            ((ExceptionMembers)Codecs.For(error.GetType())).WriteMembers(writer, error);
        }

        writer.EndSized(begin);
    }

    /// <summary>Reads what follows the tag.</summary>
    public static Exception Read(WireReader reader)
    {
        string name = reader.ReadString();
        Type? type = WireTypes.FindException(name);
        Exception error = type is null || type.IsAbstract || type.ContainsGenericParameters
            ? new UnavailableExceptionFallbackException(name)
            : (Exception)RuntimeHelpers.GetUninitializedObject(type);
        string message = reader.ReadString();
        int result = (int)reader.ReadSigned();
        string? stack = Codecs.Read<string?>(reader);
        Exception? inner = Codecs.Read<Exception?>(reader);
        Exception[]? inners = Codecs.Read<Exception[]?>(reader);
        ExceptionCopies.Fill(error, message, result, stack, inner);
        if (error is AggregateException aggregate)
        {
            ExceptionCopies.FillCauses(aggregate, inners ?? []);
        }

        int length = reader.ReadFixed();
        int end = reader.Position + length;
        if (length > 0 && type is not null && IsDeclared(type))
        {
            ((ExceptionMembers)Codecs.For(type)).ReadMembers(reader, error);
        }
        else
        {
            reader.ReadRaw(length);
        }

        return reader.Position == end ? error : throw WireReader.Malformed("an error's members");
    }

    private static bool IsDeclared(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);
}
