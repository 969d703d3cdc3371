using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;
using NSft.Grains.Tests.Testing;
using NSft.Tests.Stores;

namespace NSft.Grains.Tests.Run;

/// <summary>What a journal does wherever it is kept. A class for each kind of place.</summary>
public abstract class RunJournalContract : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    protected RunJournalContract() => Stores = new FolderStores(_root.At("blobs"));

    private protected FolderStores Stores { get; }

    /// <summary>A folder, or an address.</summary>
    private protected abstract string Place { get; }

    [Fact]
    public async Task Open_AfterAnother_HasItsStepsAndEvents()
    {
        var before = await OpenAsync();
        before.Add(Step(0));
        before.Add(Step(1));
        before.Add(Happened("it starts"));
        await before.FlushAsync();

        var journal = await OpenAsync();

        Assert.Equal([0, 1], journal.Steps.Select(step => step.Step));
        Assert.Equal("it starts", Assert.Single(journal.Events).Text);
    }

    [Fact]
    public async Task Add_AStepThatIsThere_IsNotAddedAgain()
    {
        var journal = await OpenAsync();

        Assert.True(journal.Add(Step(0)));
        Assert.False(journal.Add(Step(0)));
        Assert.Single(journal.Steps);
    }

    [Fact]
    public async Task Forget_FromAStep_IsForgottenByTheNextToo()
    {
        var journal = await OpenAsync();
        for (var step = 0; step < 4; step++)
        {
            journal.Add(Step(step));
        }

        journal.Forget(2);
        journal.Add(Step(2));
        await journal.FlushAsync();

        Assert.Equal<int>([0, 1, 2], await StepsAsync());
    }

    [Fact]
    public async Task Forget_AndKilled_TheNextKnowsNoStepBehind()
    {
        var journal = await OpenAsync();
        journal.Add(Step(0));
        journal.Add(Step(1));
        journal.Forget(1);
        await journal.FlushAsync();

        var next = await OpenAsync();
        Assert.Equal([0], next.Steps.Select(step => step.Step));
        Assert.True(next.Add(Step(1)));
    }

    [Fact]
    public async Task Open_AReplacedCoordinatorHasToldStepsToo_EachIsThereOnce()
    {
        var replaced = await OpenAsync();
        replaced.Add(Step(0));
        await replaced.FlushAsync();
        var successor = await OpenAsync();
        successor.Add(Step(1));
        successor.Add(Happened("the successor"));
        await successor.FlushAsync();

        // It was frozen with the answers to a commit before it, and does not know yet.
        replaced.Add(Step(1));
        replaced.Add(Step(4));
        replaced.Add(Happened("the replaced"));
        await replaced.FlushAsync();
        successor.Add(Step(2));
        await successor.FlushAsync();

        Assert.Null(replaced.Problem ?? successor.Problem);
        Assert.Equal<int>([0, 1, 2], await StepsAsync());
        Assert.Equal<long>([1, 2], (await OpenAsync()).Events.Select(happened => happened.Sequence));
    }

    public void Dispose()
    {
        _root.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string At(string name) => _root.At(name);

    private protected Task<RunJournal> OpenAsync() => RunJournal.OpenAsync(Stores, Place);

    private protected async Task<IEnumerable<int>> StepsAsync() => [.. (await OpenAsync()).Steps.Select(step => step.Step)];

    private protected static StepMessage Step(int step) => new(step, 1, 1, 0.1, 8, [], 1, 1);

    private protected static RunEventMessage Happened(string text) => new(1, DateTimeOffset.UnixEpoch, 0, 0, RunEventKind.Started, text, 0);
}
