namespace NSft.Embedded.Orleans.Tests.Data;

[GenerateSerializer]
public sealed class TroubleException : Exception
{
    public TroubleException(string message, int code)
        : base(message) => Code = code;

    [Id(0)]
    public int Code { get; }
}
