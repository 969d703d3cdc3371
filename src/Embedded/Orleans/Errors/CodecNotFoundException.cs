namespace Orleans.Serialization;

/// <summary>A value's type is not declared to travel in messages.</summary>
public class CodecNotFoundException : SerializerException
{
    /// <summary>An error with a message.</summary>
    public CodecNotFoundException(string message)
        : base(message)
    {
    }
}
