using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Training.Checkpoints;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

public sealed class CheckpointTests : IDisposable
{
    private const int Steps = 5;

    private static readonly TrainingOptions Options = TinyRun.Options with { Objective = ObjectiveKind.Nsft, Steps = Steps, WarmupSteps = 0 };

    private readonly string _root = Directory.CreateTempSubdirectory("nsft-checkpoints").FullName;

    private FolderCheckpointStore Store => new(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(OptimizerStateMode.Replicated, ReductionKind.Exact, 3, 1)]
    [InlineData(OptimizerStateMode.Zero1, ReductionKind.Exact, 3, 2)]
    [InlineData(OptimizerStateMode.Zero1, ReductionKind.Exact64, 1, 4)]
    [InlineData(OptimizerStateMode.Replicated, ReductionKind.Fp32, 1, 1)]
    public void Resume_OtherNumberOfWorkers_EndsWithTheBitsOfAnUndisturbedRun(OptimizerStateMode mode, ReductionKind kind, int writers, int readers)
    {
        TrainingOptions options = Options with { Reduction = kind };
        using TrainingSession undisturbed = TinyRun.Open(options);
        LocalTrainer.Run(undisturbed, null, TestContext.Current.CancellationToken);
        using (HandCluster cluster = Open(mode, options, writers))
        {
            cluster.RunSteps(3);
            Write(cluster);
            cluster.RunSteps(1);
        }

        (StoredCheckpoint? found, IReadOnlyList<string> problems) = Store.FindNewestWhole(undisturbed.Facts.PlanHash);
        using HandCluster resumed = Open(mode, options, readers);
        resumed.Load(found!.Place);
        Assert.Equal(3, resumed.NextStep);
        resumed.RunSteps(Steps - 3);

        Assert.Empty(problems);
        Assert.All(resumed.Workers, worker => Assert.Equal(undisturbed.WeightsHash(), worker.WeightsHash()));
    }

    [Fact]
    public void Snapshot_StepsGoOn_HoldsTheStateOfItsStep()
    {
        using TrainingSession session = TinyRun.Open(Options);
        LocalTrainer.RunStep(session, TestContext.Current.CancellationToken);
        string expected = session.WeightsHash();
        CheckpointPart part = session.Snapshot(session.Facts.Layout.Whole);
        LocalTrainer.RunStep(session, TestContext.Current.CancellationToken);
        string staging = Store.Begin(1);
        Store.Complete(staging, Manifest(session, 1, [CheckpointPartFile.Write(staging, part)]));

        session.LoadCheckpoint(new FolderCheckpoint(Assert.Single(Store.List()).Place), RangeSet.Of(session.Facts.Layout.Whole));

        Assert.Equal(1, part.Step);
        Assert.Equal(1, session.NextStep);
        Assert.Equal(expected, session.WeightsHash());
    }

    [Fact]
    public async Task Snapshot_TwoNotWritten_WaitsForOneOfThem()
    {
        using TrainingSession session = TinyRun.Open(Options);
        CheckpointPart first = session.Snapshot(new ElementRange(0, 10));
        using CheckpointPart second = session.Snapshot(new ElementRange(0, 10));

        Task<CheckpointPart> third = Task.Run(() => session.Snapshot(new ElementRange(0, 10)), TestContext.Current.CancellationToken);
        Assert.False(third.IsCompleted);
        first.Dispose();
        first.Dispose();

        (await third.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Dispose();
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("longer")]
    [InlineData("flipped")]
    [InlineData("missing")]
    [InlineData("no manifest")]
    [InlineData("torn manifest")]
    [InlineData("other exponent")]
    [InlineData("other plan")]
    [InlineData("gap")]
    public void FindNewestWhole_NewestIsDamaged_NamesItAndTakesTheOneBefore(string damage)
    {
        using HandCluster cluster = Open(OptimizerStateMode.Zero1, Options, 2);
        cluster.RunSteps(1);
        Write(cluster);
        cluster.RunSteps(1);
        string newest = Write(cluster);
        string culprit = Damage(newest, damage);

        (StoredCheckpoint? found, IReadOnlyList<string> problems) = Store.FindNewestWhole(cluster.Facts.PlanHash);
        UserInputException error = Assert.Throws<UserInputException>(
            () => cluster.Workers[0].LoadCheckpoint(new FolderCheckpoint(newest), RangeSet.Of(cluster.Facts.Layout.Whole)));

        Assert.Equal(1, found!.Step);
        Assert.StartsWith(culprit, Assert.Single(problems), StringComparison.Ordinal);
        Assert.StartsWith(culprit, error.Message, StringComparison.Ordinal);
        cluster.Load(found.Place);
        Assert.Equal(1, cluster.NextStep);
    }

    [Fact]
    public void LoadCheckpoint_Damaged_LeavesASessionThatRefusesToCompute()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 1);
        cluster.RunSteps(1);
        string directory = Write(cluster);
        Damage(directory, "flipped");
        TrainingSession session = cluster.Workers[0];

        Assert.Throws<UserInputException>(() => session.LoadCheckpoint(new FolderCheckpoint(directory), RangeSet.Of(session.Facts.Layout.Whole)));

        Assert.Equal(session.Facts.Layout.Length, session.StaleWeights.Length);
        Assert.Throws<InvalidOperationException>(() => session.Prepare(1, new ShardRange(0, 3), null, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Begin_KilledBeforeTheManifest_LeavesTheOlderOneWhole()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 2);
        cluster.RunSteps(1);
        string older = Write(cluster);
        cluster.RunSteps(1);
        string staging = Store.Begin(2);
        CheckpointPartFile.Write(staging, cluster.Workers[0].Snapshot(cluster.Plan.Owned(0)));
        File.WriteAllBytes(Path.Combine(staging, "state-000000065536.bin.tmp"), [1, 2, 3]);

        (StoredCheckpoint? found, IReadOnlyList<string> problems) = Store.FindNewestWhole(null);
        Assert.Equal(older, found!.Place);
        Assert.Empty(problems);
        Store.CleanStaging();
        Assert.Equal([older], Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Complete_PartMissing_NamesItAndLeavesNothing()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 2);
        string staging = Store.Begin(0);
        CheckpointFile[] files = [.. cluster.Workers.Select((worker, seat) => CheckpointPartFile.Write(staging, worker.Snapshot(cluster.Plan.Owned(seat))))];
        File.Delete(Path.Combine(staging, files[1].Name));

        UserInputException error = Assert.Throws<UserInputException>(() => Store.Complete(staging, Manifest(cluster.Workers[0], 0, files)));

        Assert.Contains(files[1].Name, error.Message, StringComparison.Ordinal);
        Assert.Throws<UserInputException>(() => Store.Complete(Store.Begin(0), Manifest(cluster.Workers[0], 0, files[1..])));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Complete_SameStepAgain_ReplacesTheOlder()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 1);
        Damage(Write(cluster), "flipped");

        Write(cluster);

        (StoredCheckpoint? found, IReadOnlyList<string> problems) = Store.FindNewestWhole(null);
        Assert.NotNull(found);
        Assert.Empty(problems);
        Assert.Single(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Write_PlaceIsGone_SaysSoAndTrainingGoesOn()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 1);
        string blocked = Path.Combine(_root, "file");
        File.WriteAllText(blocked, "");
        string gone = Path.Combine(_root, "gone");

        for (int i = 0; i < 3; i++)
        {
            CheckpointPart part = cluster.Workers[0].Snapshot(cluster.Plan.Owned(0));
            UserInputException error = Assert.Throws<UserInputException>(() => CheckpointPartFile.Write(gone, part));
            Assert.StartsWith(gone, error.Message, StringComparison.Ordinal);
        }

        Assert.StartsWith(blocked, Assert.Throws<UserInputException>(() => new FolderCheckpointStore(blocked).Begin(1)).Message, StringComparison.Ordinal);
        cluster.RunSteps(1);
    }

    [Fact]
    public void Companion_Changed_IsDamage()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 1);
        string staging = Store.Begin(0);
        CheckpointFile state = CheckpointPartFile.Write(staging, cluster.Workers[0].Snapshot(cluster.Plan.Owned(0)));
        CheckpointFile log = CheckpointPartFile.WriteCompanion(staging, "steps.jsonl", "{}\n"u8.ToArray());
        Store.Complete(staging, Manifest(cluster.Workers[0], 0, [state, log]));
        StoredCheckpoint found = Store.FindNewestWhole(null).Newest!;
        cluster.Load(found.Place);

        File.WriteAllText(Path.Combine(found.Place, "steps.jsonl"), "[]\n");

        (StoredCheckpoint? whole, IReadOnlyList<string> problems) = Store.FindNewestWhole(null);
        Assert.Null(whole);
        Assert.Contains("steps.jsonl", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OwnerAndBuddyLost_ComesBackFromTheCheckpoint()
    {
        using TrainingSession undisturbed = TinyRun.Open(Options);
        LocalTrainer.Run(undisturbed, null, TestContext.Current.CancellationToken);
        using HandCluster cluster = Open(OptimizerStateMode.Zero1, Options, 3);
        cluster.RunSteps(2);
        string directory = Write(cluster);
        cluster.RunSteps(1);
        ElementRange lost = cluster.Plan.Owned(0);
        TrainingSession survivor = cluster.Workers[2];

        Assert.True(survivor.HeldMoments.Intersect(RangeSet.Of(lost)).IsEmpty);
        cluster.Workers.Take(2).ToList().ForEach(worker => worker.Dispose());
        using var rest = new HandCluster(OptimizerStateMode.Zero1, survivor);
        rest.Load(directory);
        rest.RunSteps(Steps - 2);

        Assert.Equal(undisturbed.WeightsHash(), survivor.WeightsHash());
    }

    [Fact]
    public void Prune_MoreThanAsked_KeepsTheNewest()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 1);
        string[] written = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            string directory = Write(cluster);
            cluster.RunSteps(1);
            return directory;
        })];
        File.Delete(Path.Combine(written[1], CheckpointManifest.FileName));

        Store.Prune(2);

        Assert.Equal(written[2..], Store.List().Select(info => info.Place));
        Assert.Equal(written[2..], Directory.EnumerateFileSystemEntries(_root).Order());
    }

    [Fact]
    public void Manifest_Options_AreJsonThatReadsBack()
    {
        using HandCluster cluster = Open(OptimizerStateMode.Replicated, Options, 1);
        string directory = Write(cluster);

        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(directory, CheckpointManifest.FileName)))!;

        Assert.Equal(Options.GlobalBatch, manifest["options"]!["globalBatch"]!.GetValue<int>());
        Assert.Equal(Options, TrainingOptionsJson.Read(CheckpointManifest.Read(directory).OptionsJson));
    }

    private static HandCluster Open(OptimizerStateMode mode, TrainingOptions options, int workers)
    {
        var cluster = new HandCluster(mode, Enumerable.Range(0, workers).Select(_ => TinyRun.Open(options)));
        cluster.Seat([.. cluster.Workers]);
        return cluster;
    }

    private static CheckpointManifest Manifest(TrainingSession session, int step, CheckpointFile[] files) => new()
    {
        Step = step,
        PlanHash = session.Facts.PlanHash,
        LayoutHash = session.Facts.Layout.Hash,
        OptionsJson = TrainingOptionsJson.Write(Options),
        NextExponents = session.NextExponents?.ToArray(),
        Files = files,
        WrittenAt = DateTimeOffset.UnixEpoch,
    };

    private static string Damage(string directory, string damage)
    {
        string manifest = Path.Combine(directory, CheckpointManifest.FileName);
        string file = Directory.EnumerateFiles(directory, "*.bin").Order().Last();
        byte[] content = File.ReadAllBytes(file);
        switch (damage)
        {
            case "truncated":
                File.WriteAllBytes(file, content[..^1]);
                return file;
            case "longer":
                File.WriteAllBytes(file, [.. content, 0]);
                return file;
            case "flipped":
                content[content.Length / 2] ^= 4;
                File.WriteAllBytes(file, content);
                return file;
            case "missing":
                File.Delete(file);
                return file;
            case "no manifest":
                File.Delete(manifest);
                return manifest;
            case "torn manifest":
                File.WriteAllText(manifest, File.ReadAllText(manifest)[..^100]);
                return manifest;
            case "other exponent":
                JsonNode node = JsonNode.Parse(File.ReadAllText(manifest))!;
                node["nextExponents"]![0] = node["nextExponents"]![0]!.GetValue<int>() + 1;
                File.WriteAllText(manifest, node.ToJsonString());
                return manifest;
            default:
                CheckpointManifest old = CheckpointManifest.Read(directory);
                (damage == "gap" ? old with { Files = old.Files[1..] } : old with { PlanHash = "another" }).Write(directory);
                return directory;
        }
    }

    private string Write(HandCluster cluster)
    {
        string staging = Store.Begin(cluster.NextStep);
        CheckpointFile[] files = [.. cluster.Workers.Select((worker, seat) => CheckpointPartFile.Write(staging, worker.Snapshot(cluster.Plan.Owned(seat))))];
        Store.Complete(staging, Manifest(cluster.Workers[0], cluster.NextStep, files));
        return Path.Combine(_root, $"step-{cluster.NextStep:D6}");
    }
}
