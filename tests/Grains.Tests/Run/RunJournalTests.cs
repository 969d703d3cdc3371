using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Run;

public sealed class RunJournalTests
{
    [Fact]
    public async Task Open_AfterAnother_HasItsStepsAndEvents()
    {
        using var directory = new TemporaryDirectory();
        var before = await OpenAsync(directory);
        before.Add(Step(0));
        before.Add(Step(1));
        before.Add(new RunEventMessage(1, DateTimeOffset.UnixEpoch, 0, 0, RunEventKind.Started, "it starts", 0));

        var journal = await OpenAsync(directory);

        Assert.Equal([0, 1], journal.Steps.Select(step => step.Step));
        Assert.Equal("it starts", Assert.Single(journal.Events).Text);
    }

    [Fact]
    public void Add_AStepThatIsThere_IsNotAddedAgain()
    {
        var journal = RunJournal.InMemory();

        Assert.True(journal.Add(Step(0)));
        Assert.False(journal.Add(Step(0)));
        Assert.Single(journal.Steps);
    }

    [Fact]
    public async Task Open_AfterAKillInTheMiddleOfALine_DropsTheLineAndGoesOnBehindIt()
    {
        using var directory = new TemporaryDirectory();
        RunJournal.Open(directory.At()).Add(Step(0));
        File.AppendAllText(Path.Combine(directory.At(), RunJournal.StepsFile), "{\"Step\":1,\"Lo");

        Assert.True(RunJournal.Open(directory.At()).Add(Step(1)));

        Assert.Equal([0, 1], RunJournal.Open(directory.At()).Steps.Select(step => step.Step));
    }

    [Fact]
    public async Task Forget_FromAStep_IsForgottenOnDiskToo()
    {
        using var directory = new TemporaryDirectory();
        var journal = await OpenAsync(directory);
        for (var step = 0; step < 4; step++)
        {
            journal.Add(Step(step));
        }

        journal.Forget(2);
        journal.Add(Step(2));

        Assert.Equal([0, 1, 2], RunJournal.Open(directory.At()).Steps.Select(step => step.Step));
    }

    [Fact]
    public async Task Open_AReplacedCoordinatorHasToldStepsToo_EachIsThereOnce()
    {
        using var directory = new TemporaryDirectory();
        var replaced = await OpenAsync(directory);
        replaced.Add(Step(0));
        var successor = await OpenAsync(directory);
        successor.Add(Step(1));

        // It was frozen with the answers to a commit before it, and does not know yet.
        replaced.Add(Step(1));
        replaced.Add(Step(4));
        successor.Add(Step(2));

        Assert.Equal([0, 1, 2], RunJournal.Open(directory.At()).Steps.Select(step => step.Step));
    }

    private static StepMessage Step(int step) => new(step, 1, 1, 0.1, 8, [], 1, 1);
}
