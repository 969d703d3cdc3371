using NSft.Collectives;
using NSft.Data;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Dataset;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Dataset;

public sealed class PairSpoolTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Read_AnyStretch_GivesThePairsAsTheyWere()
    {
        var pairs = Pairs(50).ToArray();
        Assert.Equal(50, PairSpoolWriter.Write(_root.At(), pairs, CopyKind.None));
        var spool = new PairSpool(_root.At());

        Assert.Equal(pairs[7..19], spool.Read(7, 12).Select(pair => pair.ToPair()));
        Assert.Equal([pairs[0], pairs[1], pairs[30], pairs[49]], spool.Read([0, 1, 30, 49]).Select(pair => pair.ToPair()));
        Assert.Equal(pairs, spool.ReadAll().Select(pair => pair.ToPair()));
        Assert.Equal(51 * sizeof(long), new FileInfo(_root.At(PairSpool.IndexFile)).Length);
    }

    [Theory]
    [InlineData(CopyKind.None, new int[] { })]
    [InlineData(CopyKind.SameContent, new[] { 3 })]
    [InlineData(CopyKind.SameText, new[] { 2, 3 })]
    public void Write_CopiesOfAPair_AreMarked(CopyKind kind, int[] copies)
    {
        PreferencePair pair = new("a", "a.jpg", "Q?", "yes", "no") { Row = 1 };
        PairSpoolWriter.Write(
            _root.At(), [pair, pair with { Id = "b", Chosen = "maybe" }, pair with { Id = "c", Image = "c.jpg" }, pair with { Id = "d" }], kind);

        var spooled = new PairSpool(_root.At()).Read(0, 4);

        Assert.Equal(copies, Enumerable.Range(0, 4).Where(position => spooled[position].CopyOf is not null));
        Assert.All(spooled.Where(copy => copy.CopyOf is not null), copy => Assert.Equal(0, copy.CopyOf));
    }

    [Fact]
    public void Write_SourceBreaksInTheMiddle_LeavesNothing()
    {
        Assert.Throws<UserInputException>(() => PairSpoolWriter.Write(_root.At(), Broken(), CopyKind.None));

        Assert.Empty(_root.Entries());
    }

    private static IEnumerable<PreferencePair> Broken()
    {
        yield return new PreferencePair("a", "a.jpg", "Q?", "yes", "no");
        throw new UserInputException("rows.json: not valid JSON");
    }

    private static IEnumerable<PreferencePair> Pairs(int count) => Enumerable.Range(0, count)
        .Select(number => new PreferencePair($"p{number}", $"{number / 3}.jpg", "What is \u00e9 \"there\"?\nSay.", new string('x', number), "\U0001F600") { Row = number + 1 });
}
