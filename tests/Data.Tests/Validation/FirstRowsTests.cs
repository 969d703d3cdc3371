using NSft.Data.Validation;

namespace NSft.Data.Tests.Validation;

public sealed class FirstRowsTests
{
    [Fact]
    public void Add_ManyKeys_TellsTheFirstRowOfEach()
    {
        FirstRows rows = new();
        for (int row = 1; row <= 20_000; row++)
        {
            Assert.Null(rows.Add(ContentHash.Of($"{row}"), row));
        }

        for (int row = 1; row <= 20_000; row++)
        {
            Assert.Equal(row, rows.Add(ContentHash.Of($"{row}"), row + 50_000));
        }
    }

    [Fact]
    public void Add_KeysOfOneSlot_AreKeptApart()
    {
        FirstRows rows = new();
        Assert.Null(rows.Add(new UInt128(1, 7), 1));
        Assert.Null(rows.Add(new UInt128(2, 7), 2));
        Assert.Null(rows.Add(UInt128.Zero, 3));
        Assert.Equal([1, 2, 3], [rows.Add(new UInt128(1, 7), 9), rows.Add(new UInt128(2, 7), 9), rows.Add(UInt128.Zero, 9)]);
    }
}
