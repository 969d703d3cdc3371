using System.Text;
using NSft.Data.Construction.Language;
using static NSft.Data.Tests.Language.Responses;

namespace NSft.Data.Tests.Language;

/// <summary>Whatever a model writes, the check of it is a value.</summary>
public sealed class ResponseFuzzTests
{
    private const string Pieces = "{}[]\",:\\/ \n\u0000\uD800\uFFFF?0159-eE.truefalsnYo<|>`\u00E9\u4E2D";

    private static readonly string[] Tokens =
        ["null", "1e999", "-1", "\"\"", "{}", "[]", "[[[[", "\"\\ud800\"", "\"\\u0000\"", "true", "99999999999999999999", "2147483648", "0.5", "\"yes\"", "<image>", "turns", "errors"];

    [Fact]
    public void Check_MutatedResponses_NeverThrows()
    {
        Random random = new(20260811);
        int usable = 0;
        for (int round = 0; round < 4000; round++)
        {
            StringBuilder text = new(Good);
            int changes = 1 + random.Next(4);
            for (int change = 0; change < changes; change++)
            {
                Mutate(text, random);
            }

            ResponseCheck check = Check(text.ToString());
            usable += check.IsUsable ? 1 : 0;
            Assert.True(check.IsUsable != check.Rejections.Count > 0);
            if (check.IsUsable)
            {
                Assert.Equal(5, ConversationBuilder.Build(Pair, check.Response!).Turns.Count);
            }
        }

        Assert.InRange(usable, 1, 3999);
    }

    [Theory]
    [InlineData("{\"turns\":", 100_000)]
    [InlineData("{", 500_000)]
    [InlineData("{\"a\":1} ", 100_000)]
    [InlineData("{\"", 300_000)]
    [InlineData("{\"a\":\"", 100_000)]
    [InlineData("[", 500_000)]
    [InlineData("{/*", 300_000)]
    public void Check_RepeatedPieces_EndsWithoutATurn(string piece, int count) =>
        Assert.False(Check(string.Concat(Enumerable.Repeat(piece, count))).IsUsable);

    [Fact]
    public void Check_DeepNesting_IsNotJson()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"turns\":[", 5000)) + string.Concat(Enumerable.Repeat("]}", 5000));
        Assert.False(Check(deep).IsUsable);
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        int position = random.Next(text.Length);
        int length = Math.Min(random.Next(1, 20), text.Length - position);
        switch (random.Next(6))
        {
            case 0:
                text.Remove(position, length);
                break;
            case 1:
                text.Insert(position, Pieces[random.Next(Pieces.Length)]);
                break;
            case 2:
                text[position] = Pieces[random.Next(Pieces.Length)];
                break;
            case 3:
                text.Insert(position, text.ToString(position, length));
                break;
            case 4:
                ReplaceValue(text, random);
                break;
            default:
                text.Length = Math.Max(1, text.Length - random.Next(1, 40));
                break;
        }
    }

    // A value between a colon and the next comma becomes another: still JSON most of the time.
    private static void ReplaceValue(StringBuilder text, Random random)
    {
        string all = text.ToString();
        int colon = all.IndexOf(':', random.Next(all.Length));
        int comma = colon < 0 ? -1 : all.IndexOfAny([',', '}'], colon);
        if (comma > 0)
        {
            text.Remove(colon + 1, comma - colon - 1).Insert(colon + 1, Tokens[random.Next(Tokens.Length)]);
        }
    }
}
