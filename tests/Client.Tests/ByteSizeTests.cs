using NSft.Client.Parsing;
using NSft.Collectives;

namespace NSft.Client.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("5GB", 5_000_000_000)]
    [InlineData("1.5mb", 1_500_000)]
    [InlineData("700", 700)]
    [InlineData("700B", 700)]
    public void Parse_Size_GivesBytes(string text, long expected) => Assert.Equal(expected, ByteSize.Parse("--shard-size", text));

    [Theory]
    [InlineData("0")]
    [InlineData("GB")]
    [InlineData("-3MB")]
    [InlineData("many")]
    public void Parse_NoSize_NamesOption(string text) =>
        Assert.Contains("--shard-size", Assert.Throws<UserInputException>(() => ByteSize.Parse("--shard-size", text)).Message, StringComparison.Ordinal);
}
