using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

/// <summary>Opening, steps, votes, commits and ends.</summary>
public sealed class RunStateMachineTests
{
    [Fact]
    public void Granted_MoreThanWanted_OpensAsManyAndPersistsTheirKeysBefore()
    {
        var script = new MachineScript(2);
        script.Tell(new RunEvent.Began());

        var commands = script.Tell(new RunEvent.Granted([new("a", 0), new("b", 0), new("c", 0)]));

        Assert.IsType<RunCommand.Persist>(commands[0]);
        Assert.Equal([MachineScript.Key(0), MachineScript.Key(1)], commands.OfType<RunCommand.Open>().Select(open => open.Worker));
    }

    [Fact]
    public void Opened_FewerThanWantedAndFleetNotAsked_WaitsForMore()
    {
        var script = new MachineScript(2).Open(1);

        Assert.False(script.Has<RunCommand.Halt>());
        script.Tell(new RunEvent.FleetExhausted());
        Assert.Equal([MachineScript.Key(0)], script.Last<RunCommand.Halt>().Workers);
    }

    [Fact]
    public void Opened_AnotherPlan_RefusesTheWorkerAndFailsBeforeTheFirstView()
    {
        var script = new MachineScript(2).Open(1);
        script.Tell(new RunEvent.Granted([new("b", 0)]));

        script.Tell(new RunEvent.Opened(MachineScript.Key(1), MachineScript.Opened("b") with { PlanHash = "other" }));

        Assert.Equal(FailureKind.Divergence, script.Machine.Failure!.Kind);
        Assert.True(script.Has<RunCommand.Finish>());
    }

    [Fact]
    public void Opened_AnotherPlanOnceARunHasAView_OnlyRefusesTheWorker()
    {
        var script = new MachineScript(2);
        script.Open(1);
        script.Tell(new RunEvent.FleetExhausted());
        script.Halt(MachineScript.Fresh(1));
        script.Seat();
        script.Tell(new RunEvent.Granted([new("b", 0)]));

        script.Tell(new RunEvent.Opened(MachineScript.Key(1), MachineScript.Opened("b") with { PlanHash = "other" }));

        Assert.True(script.Notes(RunEventKind.WorkerRefused));
        Assert.Equal(RunPhase.Running, script.Machine.Phase);
    }

    [Fact]
    public void Prepared_AllSummed_ReducesInSeatOrder()
    {
        var script = new MachineScript(2).Run(2);

        script.Prepare();

        Assert.Equal([MachineScript.Key(0), MachineScript.Key(1)], script.Last<RunCommand.Reduce>().Workers);
    }

    [Fact]
    public void Prepared_NotSummed_TriesAgainWithExponentsAndAnotherTicket()
    {
        var script = new MachineScript(2).Run(2);
        var first = script.Ticket;

        script.Prepare(isSummed: false);

        Assert.Equal(first with { Attempt = 1 }, script.Ticket);
        Assert.NotNull(script.Last<RunCommand.Prepare>().Request.Exponents);
        Assert.Equal(1, script.Machine.RedoneSteps);
    }

    [Fact]
    public void Prepared_OfAnEarlierTry_IsIgnored()
    {
        var script = new MachineScript(1).Run(1);
        var first = script.Ticket;
        script.Prepare(isSummed: false);

        script.Tell(new RunEvent.Prepared(MachineScript.Key(0), new PreparedReport(first, "plan", [], [1f], true)));

        Assert.Empty(script.Commands);
    }

    [Fact]
    public void Voted_OneNo_TriesAgainAndFailsAtTheLimit()
    {
        var script = new MachineScript(1).Run(1);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var ticket = script.Ticket;
            script.Prepare();
            script.Tell(new RunEvent.Voted(MachineScript.Key(0), VoteReport.No(ticket, "the gradient is not finite", 0)));
        }

        Assert.Equal(FailureKind.NoAgreement, script.Machine.Failure!.Kind);
    }

    [Fact]
    public void Voted_AllYes_CommitsTheMergedNormOnTheViewsAuthority()
    {
        var script = new MachineScript(2).Run(2);
        var ticket = script.Ticket;
        script.Prepare();

        script.Vote(ticket);

        var commit = script.Last<RunCommand.Commit>();
        Assert.Equal(Math.Sqrt(8), commit.Request.Norm);
        Assert.Equal([4], commit.Request.Sums);
        Assert.Equal(1, commit.Request.Authority);
        Assert.Equal(0, script.Machine.CommittedSteps);
    }

    [Fact]
    public void Committed_ByAll_RecordsTheStepOnceAndBeginsTheNext()
    {
        var script = new MachineScript(2).Run(2);

        script.RunStep();

        Assert.Equal(1, script.Machine.CommittedSteps);
        Assert.Equal(0, script.Last<RunCommand.RecordStep>().Step.Step);
        Assert.Equal(1, script.Ticket.Step);
    }

    [Fact]
    public void Exported_EqualHashes_CompletesAndLetsWorkersGo()
    {
        var script = new MachineScript(2).Run(2);
        for (var step = 0; step < MachineScript.Steps; step++)
        {
            script.RunStep();
        }

        Assert.Equal(RunPhase.Exporting, script.Machine.Phase);
        script.Tell(new RunEvent.Exported(MachineScript.Key(0), new ExportReport("hash"), 1));
        script.Tell(new RunEvent.Exported(MachineScript.Key(1), new ExportReport("hash"), 1));

        Assert.Equal((RunPhase.Completed, "hash"), (script.Machine.Phase, script.Machine.WeightsHash));
        Assert.Equal(2, script.Commands.OfType<RunCommand.Close>().Count());
    }

    [Fact]
    public void Exported_DifferentHashes_FailsAsDivergence()
    {
        var script = new MachineScript(2).Run(2);
        for (var step = 0; step < MachineScript.Steps; step++)
        {
            script.RunStep();
        }

        script.Tell(new RunEvent.Exported(MachineScript.Key(0), new ExportReport("one"), 1));
        script.Tell(new RunEvent.Exported(MachineScript.Key(1), new ExportReport("other"), 1));

        Assert.Equal(FailureKind.Divergence, script.Machine.Failure!.Kind);
    }

    [Fact]
    public void Exported_OfAnEarlierView_IsIgnored()
    {
        var script = new MachineScript(1).Run(1);
        for (var step = 0; step < MachineScript.Steps; step++)
        {
            script.RunStep();
        }

        script.Tell(new RunEvent.Exported(MachineScript.Key(0), new ExportReport("hash"), 0));

        Assert.Equal(RunPhase.Exporting, script.Machine.Phase);
    }

    [Fact]
    public void Paused_InAStep_EndsTheStepAndWaitsUntilResumed()
    {
        var script = new MachineScript(1).Run(1);
        var ticket = script.Ticket;
        script.Tell(new RunEvent.Paused());
        script.Commands.Clear();
        script.Commands.Add(new RunCommand.Prepare([MachineScript.Key(0)], new PrepareRequest(ticket, null)));

        script.RunStep();

        Assert.Equal((RunPhase.Paused, 1), (script.Machine.Phase, script.Machine.CommittedSteps));
        script.Tell(new RunEvent.Resumed());
        Assert.Equal(1, script.Ticket.Step);
    }

    [Fact]
    public void Cancelled_EndsAtOnceAndIgnoresWhatFollows()
    {
        var script = new MachineScript(1).Run(1);
        var ticket = script.Ticket;

        script.Tell(new RunEvent.Cancelled());

        Assert.Equal(RunPhase.Cancelled, script.Machine.Phase);
        Assert.Empty(script.Tell(new RunEvent.Prepared(MachineScript.Key(0), new PreparedReport(ticket, "plan", [], [1f], true))));
    }

    [Fact]
    public void Boundary_CheckpointDue_WritesItWithoutHoldingTheNextStep()
    {
        var script = new MachineScript(1, new RunPolicy(4, CheckpointEvery: 1, KeepsCheckpoints: true)).Run(1);

        script.RunStep();

        Assert.Equal(1, script.Last<RunCommand.WriteCheckpoint>().Step);
        Assert.Equal(1, script.Ticket.Step);
        script.Tell(new RunEvent.CheckpointWritten(1, null));
        Assert.Equal(1, script.Machine.LastCheckpointStep);
    }
}
