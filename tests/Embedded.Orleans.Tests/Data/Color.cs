namespace NSft.Embedded.Orleans.Tests.Data;

public enum Color : byte
{
    Red = 1,
    Blue = 200,
}
