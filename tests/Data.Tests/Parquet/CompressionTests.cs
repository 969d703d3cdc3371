using System.Text;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Compression;

namespace NSft.Data.Tests.Parquet;

public sealed class CompressionTests
{
    [Fact]
    public void Snappy_OfAnExampleOfTheFormat_RepeatsWhatCameBefore()
    {
        // length 11, a literal of 3 bytes, then a copy of 8 bytes at distance 3
        byte[] block = [11, 2 << 2, .. "abc"u8, 1 | (4 << 2), 3];
        Assert.Equal("abcabcabcab", Encoding.ASCII.GetString(SnappyDecoder.Decode(block, 11)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(61)]
    [InlineData(300)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void Snappy_OfEncoded_IsTheSame(int length)
    {
        Random random = new(length);
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        byte[] text = [.. Enumerable.Range(0, length).Select(index => (byte)("the cat and the dog "[(index + (index / 97)) % 20]))];
        byte[] flat = new byte[length];
        foreach (byte[] bytes in new[] { noise, text, flat })
        {
            byte[] encoded = SnappyEncoder.Encode(bytes);
            Assert.Equal(bytes, SnappyDecoder.Decode(encoded, length));
            Assert.InRange(encoded.Length, 0, length + (length / 1000) + 16);
        }

        Assert.InRange(SnappyEncoder.Encode(flat).Length, 0, (length / 15) + 16);
    }

    [Theory]
    [InlineData("0B 08 61 62 63 11 04")] // a copy from before the block
    [InlineData("0B 08 61 62 63 11 00")] // a copy from nowhere
    [InlineData("0B 08 61 62")] // a literal that is cut off
    [InlineData("0B F0 FF")] // a long literal that is not there
    [InlineData("0B FC FF FF FF FF")] // a literal of 4 GB
    [InlineData("0B 08 61 62 63")] // too short
    [InlineData("0C 08 61 62 63 11 03")] // another length
    [InlineData("FF FF FF FF FF FF")] // no length
    [InlineData("")]
    public void Snappy_OfABrokenBlock_IsRefused(string hex)
    {
        byte[] block = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Throws<ParquetFormatException>(() => SnappyDecoder.Decode(block, 11));
    }

    [Fact]
    public void Snappy_OfAFewBytesThatClaimMuch_TakesNoMemory()
    {
        byte[] block = [0x80, 0x80, 0x80, 0x80, 4, 0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ParquetFormatException>(() => SnappyDecoder.Decode(block, 1 << 30));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("30 61 62 63 03 00", "abcabca")]
    [InlineData("F0 00 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61", "aaaaaaaaaaaaaaa")]
    [InlineData("1F 61 01 00 01", "aaaaaaaaaaaaaaaaaaaaa")]
    public void Lz4_OfABlock_IsItsText(string hex, string text)
    {
        byte[] block = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(text, Encoding.ASCII.GetString(Lz4Decoder.Decode(block, text.Length)));
        Assert.Throws<ParquetFormatException>(() => Lz4Decoder.Decode(block, text.Length + 1));
        Assert.Throws<ParquetFormatException>(() => Lz4Decoder.Decode(block, text.Length - 1));
        Assert.Throws<ParquetFormatException>(() => Lz4Decoder.Decode(block.AsSpan(0, block.Length - 1), text.Length));
    }

    [Fact]
    public void Crc32_OfItsCheckText_IsItsCheckValue()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0u, Crc32.Of([]));
    }
}
