using System.Buffers.Binary;
using System.IO.Compression;
using NSft.Collectives;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Tests.Parquet;

/// <summary>Files of a few bytes that claim to hold very much are refused before they take memory.</summary>
public sealed class ParquetClaimTests : IDisposable
{
    private const int Many = 1 << 29;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_OfAListWithoutEnd_AreRefused()
    {
        // repetition levels: one 0, then 1 without end; definition levels: a null element each time
        byte[] levels = [.. Runs((1, 0), (Many - 1, 1)), .. Runs((Many, 2))];
        ParquetField field = ParquetField.List(ParquetField.Leaf("element", PhysicalType.Int32), "numbers");
        string message = Refused(field, levels, Codec.Uncompressed, levels.Length, Many);
        Assert.Contains("a row with lists of more than 1048576 items is not supported; split the row", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_OfANullColumnWithoutEnd_AreRead()
    {
        byte[] levels = Runs((Many, 0));
        using ParquetReader reader = ParquetReader.Open(Write(ParquetField.Leaf("number", PhysicalType.Int32), levels, Codec.Uncompressed, levels.Length, Many, Many));
        Assert.Equal(Many, reader.RowCount);
        Assert.All(reader.Rows().Take(5000), row => Assert.True(row[0].IsNull));
    }

    [Fact]
    public void Rows_OfAPageThatClaimsMoreThanItUnpacksTo_AreRefused()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[1 << 16]);
        }

        ParquetField field = ParquetField.Leaf("raw", PhysicalType.ByteArray) with { IsOptional = false };
        Assert.Contains("the bytes end inside a compressed page", Refused(field, packed.ToArray(), Codec.Gzip, int.MaxValue, 1), StringComparison.Ordinal);
        Assert.Contains("a compressed page is longer than it says", Refused(field, packed.ToArray(), Codec.Gzip, 100, 1), StringComparison.Ordinal);
        Assert.Contains("the length that its page says", Refused(field, [0xFF, 0xFF, 0xFF, 0xFF, 7, 0], Codec.Snappy, int.MaxValue, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_OfAValueLongerThanItsPage_AreRefused()
    {
        ParquetField field = ParquetField.Leaf("raw", PhysicalType.ByteArray) with { IsOptional = false };
        byte[] page = [0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3];
        Assert.Contains("column 'raw', byte 4: the bytes end inside a page's values", Refused(field, page, Codec.Uncompressed, page.Length, 1), StringComparison.Ordinal);
    }

    private static byte[] Runs(params (int Count, byte Level)[] runs)
    {
        List<byte> bytes = [];
        foreach ((int count, byte level) in runs)
        {
            for (uint header = (uint)count << 1; ; header >>= 7)
            {
                bytes.Add((byte)(header < 128 ? header : header | 128));
                if (header < 128)
                {
                    break;
                }
            }

            bytes.Add(level);
        }

        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Count);
        return [.. length, .. bytes];
    }

    private string Refused(ParquetField field, byte[] page, Codec codec, int length, int values)
    {
        string path = Write(field, page, codec, length, values, rows: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ParquetReader reader = ParquetReader.Open(path);
        UserInputException exception = Assert.Throws<UserInputException>(() => reader.Rows().Count());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
        return exception.Message;
    }

    private string Write(ParquetField field, byte[] page, Codec codec, int length, int values, int rows)
    {
        byte[] whole = ParquetSamples.Write(new ParquetSchema([field]), [], new ParquetWriteOptions());
        FileFooter footer = FooterReader.Read(whole.AsSpan(4, whole.Length - 12));
        byte[] header = FooterWriter.Write(new PageHeader
        {
            Kind = PageKind.Data,
            CompressedBytes = page.Length,
            UncompressedBytes = length,
            ValueCount = values,
            Encoding = PageEncoding.Plain,
        });
        ColumnChunk chunk = new()
        {
            Type = field.Kind == ParquetFieldKind.List ? field.Element.Type : field.Type,
            Path = [field.Name],
            Codec = codec,
            ValueCount = values,
            CompressedBytes = header.Length + page.Length,
            DataOffset = 4,
        };
        byte[] end = FooterWriter.Write(footer with { RowCount = rows, RowGroups = [new RowGroup([chunk], rows)] });
        byte[] size = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(size, end.Length);
        return _folder.Write("claims.parquet", [.. "PAR1"u8, .. header, .. page, .. end, .. size, .. "PAR1"u8]);
    }
}
