using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

/// <summary>View changes: losses, joins, drains, other coordinators, checkpoints.</summary>
public sealed class RunStateMachineViewTests
{
    [Fact]
    public void ViewChange_AnyReason_PersistsTheVersionBeforeAnybodyHearsOfIt()
    {
        var script = new MachineScript(2).Run(2);

        var commands = script.Tell(new RunEvent.SiloLost("silo1"));

        var halt = Assert.Single(commands.OfType<RunCommand.Halt>());
        Assert.Equal(2, halt.Version);
        Assert.True(commands.FindIndex(command => command is RunCommand.Persist) < commands.IndexOf(halt));
    }

    [Fact]
    public void SiloLost_InAStep_DiscardsItAndPreparesItAgainInTheNextView()
    {
        var script = new MachineScript(2).Run(2);

        script.Tell(new RunEvent.SiloLost("silo1"));
        script.Halt(MachineScript.Fresh(2));
        script.Seat();

        Assert.Equal(new StepTicket("run", 2, 0, 0), script.Ticket);
        Assert.Equal(1, script.Machine.DiscardedSteps);
        Assert.Equal(4, Assert.Single(script.Machine.View!.Seats).ShardCount);
    }

    [Fact]
    public void Lost_AfterTheCommitWasSent_ThoseThatVotedFinishItAndItIsRecordedOnce()
    {
        var script = Committing(3, out var commit);
        script.Tell(new RunEvent.SiloLost("silo2"));

        script.Halt(MachineScript.Holding(2, 1, commit), MachineScript.Holding(2, 0, voted: commit.Ticket));

        var finish = script.Last<RunCommand.Commit>();
        Assert.Equal([MachineScript.Key(1)], finish.Workers);
        Assert.Equal(commit with { Authority = 2 }, finish.Request);
        script.Commit();
        Assert.Equal(1, script.Machine.CommittedSteps);
        Assert.Single(script.Commands.OfType<RunCommand.RecordStep>());
        Assert.All(script.Commands.OfType<RunCommand.Seat>(), seat => Assert.Equal(1, seat.Request.CommittedSteps));
    }

    [Fact]
    public void Committed_LateRefusalOfTheOldAuthorityWhileFinishing_IsIgnored()
    {
        var script = Committing(2, out var commit);
        script.Tell(new RunEvent.DeadlinePassed(script.Last<RunCommand.Deadline>().Stage));
        script.Halt(MachineScript.Holding(2, 1, commit), MachineScript.Holding(2, 0, voted: commit.Ticket));

        script.Tell(new RunEvent.Committed(MachineScript.Key(1), CommitReport.Failed(commit.Ticket, MachineScript.Fails(FailureKind.Superseded)), Authority: 1));

        Assert.Empty(script.Commands);
        Assert.Equal(StageKind.Finishing, script.Machine.Stage);
    }

    [Fact]
    public void Lost_DecidedButNobodyAliveHasAppliedIt_VotersApplyItAllTheSame()
    {
        var script = Committing(2, out var commit);
        script.Tell(new RunEvent.SiloLost("silo1"));

        script.Halt(MachineScript.Holding(2, 0, voted: commit.Ticket));

        Assert.Equal(commit.Ticket, script.Last<RunCommand.Commit>().Request.Ticket);
    }

    [Fact]
    public void Halted_Superseded_GivesUpWithoutClosingAnybody()
    {
        var script = new MachineScript(1).Open(1);

        script.Tell(new RunEvent.Halted(MachineScript.Key(0), HaltReport.Failed(7, MachineScript.Fails(FailureKind.Superseded))));

        Assert.Equal([typeof(RunCommand.Abdicate)], script.Commands.Select(command => command.GetType()));
        Assert.Equal(StageKind.Ended, script.Machine.Stage);
    }

    [Fact]
    public void Restored_AfterACommitOfItsPredecessor_TakesUpTheHighestAppliedStep()
    {
        var before = Committing(2, out var commit);
        var state = new RunState();
        before.Machine.Save(state);
        var script = new MachineScript(2);
        script.Machine.Restore(state);

        script.Tell(new RunEvent.Began());
        script.Halt(MachineScript.Holding(2, 1, commit), MachineScript.Holding(2, 0, voted: commit.Ticket));
        script.Commit();

        Assert.Equal(1, script.Machine.CommittedSteps);
        Assert.Equal(0, script.Last<RunCommand.RecordStep>().Step.Step);
    }

    [Fact]
    public void Restored_WorkersThatWereOpening_AreLetGoAndTheirKeysNotUsedAgain()
    {
        var before = new MachineScript(1);
        before.Tell(new RunEvent.Began());
        before.Tell(new RunEvent.Granted([new("a", 0)]));
        var state = new RunState();
        before.Machine.Save(state);
        var script = new MachineScript(1);
        script.Machine.Restore(state);

        script.Tell(new RunEvent.Began());
        Assert.Equal(MachineScript.Key(0), script.Last<RunCommand.Close>().Worker);
        script.Tell(new RunEvent.Granted([new("b", 0)]));

        Assert.Equal(MachineScript.Key(1), script.Last<RunCommand.Open>().Worker);
    }

    [Fact]
    public void Join_Replicated_CopiesWhileStepsGoOnAndIsActiveInTheViewAfter()
    {
        var script = new MachineScript(1).Run(1);
        script.RunStep();
        var commit = new CommitRequest(new StepTicket("run", 1, 0, 0), [4], [4], 2, [3], 1);
        var second = script.Ticket;
        script.Tell(new RunEvent.Scaled(2));
        script.Join(1);
        script.Commands.Clear();
        script.Commands.Add(new RunCommand.Prepare([], new PrepareRequest(second, null)));
        script.RunStep();

        script.Halt(MachineScript.Holding(2, 2, commit with { Ticket = second }), MachineScript.Fresh(2));
        script.Seat();

        Assert.True(script.Machine.View!.Seats[1].IsPassive);
        Assert.Equal(MachineScript.Key(1), script.Last<RunCommand.Sync>().Worker);
        Assert.Equal([MachineScript.Key(0), MachineScript.Key(1)], script.Last<RunCommand.Prepare>().Workers);
        Assert.Equal(WorkerStage.Joining, script.Machine.Workers[1].Stage);
    }

    [Fact]
    public void Drained_BeforeItsSuccessorHasTheState_TheSuccessorCopiesInItsSeat()
    {
        var script = new MachineScript(2).Open(1);
        script.Tell(new RunEvent.FleetExhausted());
        script.Halt(MachineScript.Fresh(1));
        script.Seat();
        var first = script.Ticket;
        script.Join(1);
        script.Tell(new RunEvent.SiloDraining("silo0"));
        script.Commands.Add(new RunCommand.Prepare([], new PrepareRequest(first, null)));

        script.RunStep();
        script.Halt(MachineScript.Holding(2, 1), MachineScript.Fresh(2));

        var seat = Assert.Single(script.Commands.OfType<RunCommand.Seat>());
        Assert.Equal(MachineScript.Key(1), seat.Worker);
        Assert.False(script.Machine.View!.Seats[0].IsPassive);
        Assert.Equal(MachineScript.Key(0), Assert.Single(seat.Request.Sources).Key);
        Assert.False(script.Has<RunCommand.Close>());
        script.Seat();
        Assert.Equal(MachineScript.Key(0), script.Last<RunCommand.Close>().Worker);
    }

    [Fact]
    public void Lost_EverybodyWithTheState_GoesBackToTheNewestWholeCheckpoint()
    {
        var script = new MachineScript(1, new RunPolicy(4, KeepsCheckpoints: true)).Run(1);
        script.RunStep();
        script.RunStep();
        script.Tell(new RunEvent.SiloLost("silo0"));
        Assert.Equal(RunPhase.Waiting, script.Machine.Phase);
        script.Join(1);
        script.Halt(MachineScript.Fresh(script.Last<RunCommand.Halt>().Version));
        Assert.True(script.Has<RunCommand.FindCheckpoint>());

        script.Tell(new RunEvent.CheckpointFound("step-1", 1, [3], ["step-2 is damaged"]));

        Assert.Equal("step-1", script.Last<RunCommand.Seat>().Request.CheckpointDirectory);
        Assert.Equal(1, script.Last<RunCommand.ForgetSteps>().From);
        Assert.True(script.Notes(RunEventKind.CheckpointDamaged));
        Assert.Equal(1, script.Machine.CommittedSteps);
    }

    [Fact]
    public void Deadline_InTheExchange_EvictsWhomMostWaitedFor()
    {
        var script = new MachineScript(3).Run(3);
        script.Prepare();
        var stage = script.Last<RunCommand.Deadline>().Stage;
        script.Tell(new RunEvent.DeadlinePassed(stage));

        script.Halt(
            MachineScript.Fresh(2) with { Missing = [MachineScript.Key(2)] },
            MachineScript.Fresh(2) with { Missing = [MachineScript.Key(2)] },
            MachineScript.Fresh(2) with { Missing = [MachineScript.Key(0)] });

        Assert.True(script.Notes(RunEventKind.WorkerEvicted));
        Assert.Equal([MachineScript.Key(0), MachineScript.Key(1)], script.Machine.View!.Seats.Select(seat => seat.Key));
    }

    [Fact]
    public void Deadline_OfAnEarlierStage_IsIgnored()
    {
        var script = new MachineScript(1).Run(1);
        var stage = script.Last<RunCommand.Deadline>().Stage;
        script.Prepare();

        Assert.Empty(script.Tell(new RunEvent.DeadlinePassed(stage)));
    }

    [Fact]
    public void BelowMinimum_WaitsAndGoesOnByItselfWhenAnotherComes()
    {
        var script = new MachineScript(2, new RunPolicy(4, MinWorkers: 2, StateMode: OptimizerStateMode.Zero1)).Run(2);
        script.Tell(new RunEvent.SiloLost("silo1"));
        script.Halt(MachineScript.Fresh(2));
        script.Seat();
        Assert.Equal(RunPhase.Waiting, script.Machine.Phase);

        script.Join(2);
        script.Halt(MachineScript.Fresh(3));
        script.Seat();

        Assert.Equal((RunPhase.Running, 2), (script.Machine.Phase, script.Machine.View!.Seats.Length));
    }

    /// <summary>A view of so many workers, all of which have voted yes on step 0 and were told to apply it.</summary>
    private static MachineScript Committing(int workers, out CommitRequest commit)
    {
        var script = new MachineScript(workers).Run(workers);
        var ticket = script.Ticket;
        script.Prepare();
        script.Vote(ticket);
        commit = script.Last<RunCommand.Commit>().Request;
        return script;
    }
}
