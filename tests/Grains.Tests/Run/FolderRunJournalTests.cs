using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

public sealed class FolderRunJournalTests : RunJournalContract
{
    private protected override string Place => At("run");

    private string StepsPath => Path.Combine(Place, RunJournal.StepsFile);

    [Fact]
    public async Task Open_AfterAKillInTheMiddleOfALine_DropsTheLineAndGoesOnBehindIt()
    {
        var killed = await OpenAsync();
        killed.Add(Step(0));
        await killed.FlushAsync();
        await File.AppendAllTextAsync(StepsPath, "{\"Step\":1,\"Lo", TestContext.Current.CancellationToken);

        var successor = await OpenAsync();
        Assert.True(successor.Add(Step(1)));
        await successor.FlushAsync();

        Assert.Equal<int>([0, 1], await StepsAsync());
    }

    [Fact]
    public async Task Add_TheFolderIsGoneForAWhile_LinesWaitAndNoneIsMissing()
    {
        var journal = await OpenAsync();
        journal.Add(Step(0));
        await journal.FlushAsync();
        Directory.Move(Place, Place + ".away");
        journal.Add(Step(1));
        await journal.FlushAsync();
        Assert.Contains(Place, journal.Problem, StringComparison.Ordinal);

        journal.Add(Step(2));
        Directory.Move(Place + ".away", Place);
        await journal.FlushAsync();

        Assert.Null(journal.Problem);
        Assert.Equal<int>([0, 1, 2], await StepsAsync());
    }

    [Fact]
    public async Task Add_ALineWasHalfWrittenByAFullDisk_IsWrittenAnew()
    {
        var place = new FolderJournalPlace(StepsPath);
        await place.OpenAsync();
        await place.AppendAsync(["""{"backTo":9}"""]);
        Directory.Move(Place, Place + ".away");
        await Assert.ThrowsAnyAsync<IOException>(() => place.AppendAsync(["{}"]));
        Directory.Move(Place + ".away", Place);
        await File.AppendAllTextAsync(StepsPath, "{\"Step\":1,\"Lo", TestContext.Current.CancellationToken);

        await place.AppendAsync(["""{"backTo":8}"""]);

        Assert.Equal(["""{"backTo":9}""", """{"backTo":8}"""], await File.ReadAllLinesAsync(StepsPath, TestContext.Current.CancellationToken));
    }
}
