using System.Text;
using System.Text.Json;
using NSft.Collectives;
using NSft.Model.Tokenization;
using NSft.Tests;

namespace NSft.Model.Tests.Tokenization;

public class SentencePieceTokenizerTests
{
    private static readonly string TinyPath = RepositoryPaths.At("tests", "fixtures", "llava-tiny", "tokenizer.model");
    private static readonly SentencePieceTokenizer Tiny = SentencePieceTokenizer.Load(TinyPath);

    [Fact]
    public void EncodeAndDecode_ReferenceCases_AgreeExactly()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.At("tests", "fixtures", "llava-tiny", "tokenizer_cases.json")));
        int count = 0;
        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            string text = item.GetProperty("text").GetString()!;
            IReadOnlyList<int> ids = Tiny.Encode(text);

            Assert.Equal(item.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), ids);
            Assert.Equal(item.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString()), ids.Select(Tiny.PieceOf));
            Assert.Equal(item.GetProperty("decoded").GetString(), Tiny.Decode(ids));
            count++;
        }

        Assert.True(count >= 10);
    }

    [Fact]
    public void Load_Fixture_KnowsSpecialIds()
        => Assert.Equal((1, 2, 0, 640), (Tiny.BosId, Tiny.EosId, Tiny.UnknownId, Tiny.PieceCount));

    [Fact]
    public void Encode_NamesOfSpecialPieces_ArePlainText()
    {
        IReadOnlyList<int> ids = Tiny.Encode("<s> </s> <unk> <0x41>");
        Assert.DoesNotContain(ids, id => id <= Tiny.EosId);
        Assert.Equal("<s> </s> <unk> <0x41>", Tiny.Decode(ids));
    }

    [Fact]
    public void EncodeContinuation_HasNoLeadingSpace()
    {
        Assert.Equal("\u2581the", string.Concat(Tiny.Encode("the").Select(Tiny.PieceOf)));
        Assert.Equal("the", string.Concat(Tiny.EncodeContinuation("the").Select(Tiny.PieceOf)));
        Assert.Equal(Tiny.Encode("the"), Tiny.EncodeContinuation(" the"));
    }

    [Fact]
    public void Encode_HalfSurrogate_BecomesReplacementCharacter()
        => Assert.Equal(Tiny.Encode("a\ufffdb"), Tiny.Encode("a\ud800b"));

    [Fact]
    public void Decode_BrokenUtf8Bytes_AreReplacedOneByOne()
    {
        int[] ids = [.. new byte[] { 0xE4, 0xB8, 0x41, 0xC3, 0xA9, 0xFF }.Select(value => 3 + value)];
        Assert.Equal("\ufffd\ufffdA\u00e9\ufffd", Tiny.Decode(ids));
    }

    [Fact]
    public void Decode_SpecialAndAddedIds_AreInvisible()
    {
        int[] ids = [1, .. Tiny.Encode("a red truck"), 2, 640, 641, 703, -5];
        Assert.Equal("a red truck", Tiny.Decode(ids));
        Assert.Equal(" \u2047 ", Tiny.Decode([0]));
    }

    [Fact]
    public void Encode_LongText_KeepsEveryCharacter()
    {
        string text = string.Concat(Enumerable.Repeat("Is there a red truck next to the lamp? \u4e2d\n", 5000));
        Assert.Equal(text, Tiny.Decode(Tiny.Encode(text)));
    }

    [Fact]
    public void Encode_UserDefinedPieces_AreNeverMergedOrCut()
    {
        SentencePieceTokenizer tokenizer = Build(new ModelFile { Pieces = [("a", -1f, 1), ("ab", -2f, 1), ("b", -3f, 1), ("c", -4f, 1), ("bc", -5f, 4), ("abc", -0.5f, 1)] });

        Assert.Equal(["\u2581", "a", "bc", "ab", "a"], tokenizer.Encode("abcaba").Select(tokenizer.PieceOf));
    }

    [Fact]
    public void Encode_UnusedPieces_AreTakenApartAgain()
    {
        SentencePieceTokenizer tokenizer = Build(new ModelFile { Pieces = [("a", -3f, 1), ("b", -3f, 1), ("c", -3f, 1), ("ab", -1f, 5), ("abc", -2f, 1)] });

        Assert.Equal(["\u2581", "a", "b"], tokenizer.Encode("ab").Select(tokenizer.PieceOf));
        Assert.Equal(["\u2581", "abc"], tokenizer.Encode("abc").Select(tokenizer.PieceOf));
    }

    [Fact]
    public void Encode_NoByteFallback_JoinsUnknownStretches()
    {
        SentencePieceTokenizer tokenizer = Build(new ModelFile { Pieces = [("a", -1f, 1)] });
        Assert.Equal([3, 4, 0, 4], tokenizer.Encode("axyza"));
    }

    [Fact]
    public void Encode_ExtraWhitespaceRemoved_CollapsesSpaces()
    {
        SentencePieceTokenizer tokenizer = Build(new ModelFile { RemoveExtraWhitespaces = true, Pieces = [("a", -1f, 1)] });
        Assert.Equal("\u2581a\u2581a", string.Concat(tokenizer.Encode("   a   a  ").Select(tokenizer.PieceOf)));
        Assert.Empty(tokenizer.Encode("   "));
    }

    [Fact]
    public void Load_EveryCutOfAModel_IsALineThatNamesTheFile()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(TinyPath);
        for (int length = 0; length < whole.Length - 100; length += 251)
        {
            string path = folder.WriteBytes("cut.model", whole[..length]);
            AssertRefused(path, "cut.model");
        }
    }

    [Fact]
    public void Load_OtherFiles_AreRefused()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.WriteText("tokenizer.json", "{ \"model\": {} }"), "not a SentencePiece model");
        AssertRefused(folder.At("none.model"), "missing");
        AssertRefused(folder.Root, "tokenizer.model");
    }

    [Fact]
    public void Load_UnsupportedModels_SayWhatIsUnsupported()
    {
        AssertRefused(new ModelFile { ModelType = 1 }, "type 1");
        AssertRefused(new ModelFile { Charsmap = [1, 2, 3] }, "nmt_nfkc");
        AssertRefused(new ModelFile { Pieces = [("a", 0f, 1), ("a", 0f, 1)] }, "twice");
        AssertRefused(new ModelFile { Pieces = [("<0xZZ>", 0f, 6)] }, "marked as a byte");
        AssertRefused(new ModelFile { ByteFallback = true }, "0x00");
        AssertRefused(new ModelFile { Pieces = [("unknown", 0f, 2)] }, "unknown kind");
    }

    private static void AssertRefused(ModelFile model, string reason)
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.WriteBytes("bad.model", model.ToBytes()), reason);
    }

    private static void AssertRefused(string path, string reason)
    {
        string message = Assert.Throws<UserInputException>(() => SentencePieceTokenizer.Load(path)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static SentencePieceTokenizer Build(ModelFile model)
    {
        using var folder = new TemporaryFolder();
        return SentencePieceTokenizer.Load(folder.WriteBytes("built.model", model.ToBytes()));
    }

    /// <summary>A model file by parts: unknown, opening, ending and the space mark come first.</summary>
    private sealed class ModelFile
    {
        public int ModelType { get; init; } = 2;

        public bool ByteFallback { get; init; }

        public bool RemoveExtraWhitespaces { get; init; }

        public byte[] Charsmap { get; init; } = [];

        public (string Text, float Score, int Kind)[] Pieces { get; init; } = [];

        public byte[] ToBytes()
        {
            var file = new List<byte>();
            (string, float, int)[] special = [("<unk>", 0f, 2), ("<s>", 0f, 3), ("</s>", 0f, 3), ("\u2581", -9f, 1)];
            foreach ((string text, float score, int kind) in special.Concat(Pieces))
            {
                Block(file, 1, [.. BlockOf(1, Encoding.UTF8.GetBytes(text)), (2 << 3) | 5, .. BitConverter.GetBytes(score), 3 << 3, (byte)kind]);
            }

            Block(file, 2, [3 << 3, (byte)ModelType, 0x98, 0x02, (byte)(ByteFallback ? 1 : 0)]);
            Block(file, 3, [.. BlockOf(1, "nmt_nfkc"u8.ToArray()), .. BlockOf(2, Charsmap), 4 << 3, (byte)(RemoveExtraWhitespaces ? 1 : 0)]);
            return [.. file];
        }

        private static void Block(List<byte> target, int field, byte[] content) => target.AddRange(BlockOf(field, content));

        private static byte[] BlockOf(int field, byte[] content) => [(byte)((field << 3) | 2), (byte)content.Length, .. content];
    }
}
