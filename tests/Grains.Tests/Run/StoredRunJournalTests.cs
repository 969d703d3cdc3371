using NSft.Grains.Run;
using NSft.Storage;
using NSft.Tests.Stores;

namespace NSft.Grains.Tests.Run;

public sealed class StoredRunJournalTests : RunJournalContract
{
    private protected override string Place => "azblob:runs/run-1";

    private IObjectStore Store => Stores.Open(StoreAddress.Parse(Place));

    [Fact]
    public async Task Add_TheStoreRefusesForAWhile_LinesWaitAndNoneIsMissing()
    {
        var journal = await OpenAsync();
        journal.Add(Step(0));
        await journal.FlushAsync();
        Stores.Faults.Refusal = "the credentials have expired";
        for (var step = 1; step < 50; step++)
        {
            journal.Add(Step(step));
        }

        await journal.FlushAsync();
        Assert.Contains("expired", journal.Problem, StringComparison.Ordinal);
        Assert.Equal(50, journal.Steps.Count);

        Stores.Faults.Heal();
        await journal.FlushAsync();

        Assert.Null(journal.Problem);
        Assert.Equal(Enumerable.Range(0, 50), await StepsAsync());
    }

    [Fact]
    public async Task Add_FasterThanTheStore_SeveralLinesGoTogether()
    {
        var journal = await OpenAsync();
        TaskCompletionSource first = new();
        Stores.Faults.Before = _ => first.Task;
        for (var step = 0; step < 100; step++)
        {
            journal.Add(Step(step));
        }

        first.SetResult();
        await journal.FlushAsync();

        Assert.Equal(2, Stores.Faults.Changes);
        Assert.Equal(Enumerable.Range(0, 100), await StepsAsync());
    }

    [Fact]
    public async Task Add_TheAnswerIsLost_TheLineIsThereOnce()
    {
        var place = new StoredJournalPlace(Store, "lines.jsonl");
        await place.OpenAsync();
        await place.AppendAsync(["one"]);
        Stores.Faults.KillAt(1, isDoneBefore: true);
        await Assert.ThrowsAsync<KilledException>(() => place.AppendAsync(["two"]));
        Stores.Faults.Heal();

        await place.AppendAsync(["two"]);
        await place.AppendAsync(["three"]);

        Assert.Equal(["one", "two", "three"], await new StoredJournalPlace(Store, "lines.jsonl").OpenAsync());
    }

    [Fact]
    public async Task Add_MoreLinesThanAnObjectTakes_GoesOnInAnother()
    {
        var place = new StoredJournalPlace(Store, "lines.jsonl", linesEach: 3);
        await place.OpenAsync();
        string[] lines = [.. Enumerable.Range(0, 8).Select(line => $"line {line}")];
        foreach (var line in lines[..7])
        {
            await place.AppendAsync([line]);
        }

        var next = new StoredJournalPlace(Store, "lines.jsonl", linesEach: 3);
        Assert.Equal(lines[..7], await next.OpenAsync());
        await next.AppendAsync([lines[7]]);

        Assert.Equal(lines, await new StoredJournalPlace(Store, "lines.jsonl", linesEach: 3).OpenAsync());
        Assert.NotNull(await Store.FindAsync("lines.3.jsonl", TestContext.Current.CancellationToken));
    }
}
