using System.Buffers.Binary;
using NSft.Collectives;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;
using NSft.Tests;

namespace NSft.Data.Tests.Parquet;

/// <summary>Broken files end in an error that names them, whatever is broken.</summary>
public sealed class ParquetFuzzTests
{
    private const int Mutations = 120;
    private const long MostBytes = 400 << 20;

    public static TheoryData<string> Files { get; } = new(
        "flat-snappy-groups", "flat-gzip", "flat-brotli", "flat-plain", "delta", "nested-v1-snappy", "nested-v2-snappy", "nested-v2-nodict", "fallback-v1", "lz4raw");

    [Theory]
    [MemberData(nameof(Files))]
    public void Rows_OfAMutatedFile_AreReadOrRefused(string name)
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(RepositoryPaths.At("tests", "fixtures", "parquet", $"{name}.parquet"));
        int footer = whole.Length - 8 - BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(whole.Length - 8));
        Random random = new(name.Length);
        int refused = 0;
        for (int round = 0; round < Mutations; round++)
        {
            byte[] bytes = [.. whole];
            int start = round % 2 == 0 ? footer : 0;
            for (int change = 0; change <= random.Next(3); change++)
            {
                bytes[random.Next(start, bytes.Length)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
            }

            refused += IsRefused(folder.Write("mutated.parquet", bytes)) ? 1 : 0;
        }

        Assert.InRange(refused, Mutations / 10, Mutations);
    }

    [Fact]
    public void Rows_OfAFileCutOff_AreRefused()
    {
        using TemporaryFolder folder = new();
        byte[] whole = ParquetSamples.Write(ParquetSamples.Everything, ParquetSamples.Rows(ParquetSamples.Everything, 20, seed: 1), new ParquetWriteOptions());
        for (int length = 0; length < whole.Length; length += 41)
        {
            Assert.True(IsRefused(folder.Write("cut.parquet", whole[..length])));
        }
    }

    [Fact]
    public void Rows_OfDamagedPages_AreRefusedByTheirCheckSum()
    {
        using TemporaryFolder folder = new();
        ParquetSchema schema = new([ParquetField.Leaf("raw", PhysicalType.ByteArray)]);
        byte[] whole = ParquetSamples.Write(
            schema, ParquetSamples.Rows(schema, 100, seed: 4), new ParquetWriteOptions { Codec = Codec.Uncompressed });
        whole[1000] ^= 4;
        UserInputException exception = Assert.Throws<UserInputException>(() => Count(folder.Write("damaged.parquet", whole)));
        Assert.EndsWith("column 'raw', byte 4: a page does not have its check sum; the file is damaged: copy or download it again", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "this is not a Parquet file")]
    [InlineData("PAR1", "this is not a Parquet file")]
    [InlineData("{\"image\": \"a.jpg\"}\n{}", "this is not a Parquet file")]
    [InlineData("PAR1 and then something else", "cut off")]
    [InlineData("PAR1....\uffff\uffff\uffffPAR1", "the footer is longer than the file")]
    [InlineData("PAR1........\0\0\0\0PAR1", "footer, byte 12: the bytes end inside a Thrift structure")]
    public void Open_OfAnotherFile_SaysSo(string text, string reason)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("other.parquet", text);
        UserInputException exception = Assert.Throws<UserInputException>(() => ParquetReader.Open(path));
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    private static bool IsRefused(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Count(path);
            return false;
        }
        catch (UserInputException exception)
        {
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
            return true;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
    }

    private static int Count(string path)
    {
        using ParquetReader reader = ParquetReader.Open(path);
        return reader.Rows().Count();
    }
}
