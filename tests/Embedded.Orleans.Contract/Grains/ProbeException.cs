namespace NSft.Embedded.Orleans.Contract;

[GenerateSerializer]
internal sealed class ProbeException : Exception
{
    public ProbeException(string message, int code)
        : base(message) => Code = code;

    [Id(0)]
    public int Code { get; }
}
