using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Training.Checkpoints;

namespace NSft.Training.Tests.Checkpoints;

/// <summary>What checkpoints do wherever they are. A class for each kind of place.</summary>
public abstract class CheckpointStoreContract : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("nsft-checkpoint-places").FullName;
    private CheckpointPlace? _place;

    private protected CheckpointPlace Place => _place!;

    private protected ICheckpointStore Store => Place.Store;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _place = await OpenAsync(_root);

    public async ValueTask DisposeAsync()
    {
        _place?.Dispose();
        await CloseAsync();
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask<CheckpointPlace> OpenAsync(string root);

    private protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Complete_AllParts_IsFoundAndReadBack()
    {
        string written = await Place.WriteAsync(3);

        CheckpointSearch found = await Place.Reopen().FindNewestWholeAsync(CheckpointPlace.PlanHash, Cancellation);

        Assert.Empty(found.Problems);
        Assert.Equal(written, found.Newest!.Place);
        Assert.Equal([3, 7], found.Newest.Manifest.NextExponents!);
        Place.AssertHolds(written, 3);
    }

    [Fact]
    public async Task FindNewestWhole_NothingThere_FindsNothing()
    {
        CheckpointSearch found = await Store.FindNewestWholeAsync(null, Cancellation);

        Assert.Null(found.Newest);
        Assert.Empty(found.Problems);
        Assert.Empty(await Store.ListAsync(Cancellation));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("longer")]
    [InlineData("flipped")]
    [InlineData("missing")]
    [InlineData("torn manifest")]
    [InlineData("other exponent")]
    [InlineData("other plan")]
    [InlineData("gap")]
    public async Task FindNewestWhole_NewestIsDamaged_NamesItAndTakesTheOneBefore(string damage)
    {
        await Place.WriteAsync(1);
        string newest = await Place.WriteAsync(2);
        string culprit = await DamageAsync(2, damage);

        (StoredCheckpoint? found, IReadOnlyList<string> problems) = await Place.Reopen().FindNewestWholeAsync(CheckpointPlace.PlanHash, Cancellation);

        Assert.Equal(1, found!.Step);
        string problem = Assert.Single(problems);
        Assert.StartsWith(newest, problem, StringComparison.Ordinal);
        Assert.Contains(culprit, problem, StringComparison.Ordinal);
        Place.AssertHolds(found.Place, 1);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("flipped")]
    [InlineData("missing")]
    public async Task Read_FileIsDamaged_IsNamed(string damage)
    {
        string checkpoint = await Place.WriteAsync(2);
        CheckpointManifest manifest = Place.Stores.OpenCheckpoint(checkpoint).ReadManifest();
        string culprit = await DamageAsync(2, damage);

        UserInputException error = Assert.Throws<UserInputException>(
            () => Array.ForEach(manifest.Files, file => Place.Stores.OpenCheckpoint(checkpoint).Read(file, static (_, _) => { })));

        Assert.StartsWith(checkpoint, error.Message, StringComparison.Ordinal);
        Assert.Contains(culprit, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_KilledBeforeTheManifest_LeavesTheOlderOneWholeAndIsRemovedLater()
    {
        await Place.WriteAsync(1);
        string staging = await Place.Reopen().BeginAsync(2, Cancellation);
        await Place.WritePartAsync(staging, 2, 0);

        await Place.AssertNewestIsAsync(1);
        ICheckpointStore next = Place.Reopen();
        for (int step = 3; step < 5; step++)
        {
            await next.CleanAsync(Cancellation);
            await Place.WriteAsync(step, next);
        }

        await next.CleanAsync(Cancellation);
        await Place.AssertNewestIsAsync(4);
        Assert.DoesNotContain(await Place.NamesAsync(), name => name.Contains("000002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_PartIsMissing_NamesItAndLeavesTheOlder()
    {
        await Place.WriteAsync(1);
        string[] before = await Place.NamesAsync();
        string staging = await Store.BeginAsync(2, Cancellation);
        CheckpointFile written = await Place.WritePartAsync(staging, 2, 0);
        CheckpointFile lost = written with { Name = written.Name.Replace("state-0", "state-1", StringComparison.Ordinal), Range = new ElementRange(written.Range.End, written.Range.Length) };

        UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => Store.CompleteAsync(staging, CheckpointPlace.Manifest(2, [written, lost]), Cancellation));

        Assert.Contains(lost.Name, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Place.NamesAsync());
        await Place.AssertNewestIsAsync(1);
    }

    [Fact]
    public async Task Complete_NotAllElements_IsRefused()
    {
        string staging = await Store.BeginAsync(2, Cancellation);
        CheckpointFile second = await Place.WritePartAsync(staging, 2, 1);

        await Assert.ThrowsAsync<UserInputException>(() => Store.CompleteAsync(staging, CheckpointPlace.Manifest(2, [second]), Cancellation));

        Assert.Empty(await Place.NamesAsync());
    }

    [Fact]
    public async Task Complete_SameStepAgain_ReplacesTheOlder()
    {
        await Place.WriteAsync(1);
        await DamageAsync(1, "flipped");

        await Place.WriteAsync(1);

        await Place.AssertNewestIsAsync(1);
        Assert.Single(await Store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Abandon_PartsAreWritten_LeavesNothing()
    {
        string staging = await Store.BeginAsync(1, Cancellation);
        await Place.WritePartsAsync(staging, 1);

        await Store.AbandonAsync(staging);

        Assert.Empty(await Place.NamesAsync());
    }

    [Fact]
    public async Task Prune_MoreThanAsked_KeepsTheNewest()
    {
        for (int step = 1; step <= 4; step++)
        {
            await Place.WriteAsync(step);
        }

        await DamageAsync(4, "flipped");
        await Store.PruneAsync(2, Cancellation);

        Assert.Equal([3, 4], (await Store.ListAsync(Cancellation)).Select(one => one.Step));
        Assert.All(await Place.NamesAsync(), name => Assert.Matches("step-00000[34]/", name));
    }

    [Fact]
    public async Task Clean_WholeCheckpointsOnly_RemovesNothing()
    {
        for (int step = 1; step <= 4; step++)
        {
            await Place.WriteAsync(step);
        }

        string[] before = await Place.NamesAsync();
        await Place.Reopen().CleanAsync(Cancellation);

        Assert.Equal(before, await Place.NamesAsync());
    }

    private protected async Task<string> DamageAsync(int step, string damage)
    {
        string[] names = [.. (await Place.NamesAsync()).Where(name => name.StartsWith($"step-{step:D6}/", StringComparison.Ordinal))];
        string manifest = names.Single(name => name.EndsWith("manifest.json", StringComparison.Ordinal));
        string file = names.Last(name => name.EndsWith(".bin", StringComparison.Ordinal));
        byte[] content = await Place.GetAsync(file);
        switch (damage)
        {
            case "truncated":
                await Place.PutAsync(file, content[..^1]);
                return Path.GetFileName(file);
            case "longer":
                await Place.PutAsync(file, [.. content, 0]);
                return Path.GetFileName(file);
            case "flipped":
                content[content.Length / 2] ^= 4;
                await Place.PutAsync(file, content);
                return Path.GetFileName(file);
            case "missing":
                await Place.RemoveAsync(file);
                return Path.GetFileName(file);
            case "torn manifest":
                await Place.PutAsync(manifest, (await Place.GetAsync(manifest))[..^100]);
                return "manifest.json";
            case "other exponent":
                JsonNode node = JsonNode.Parse(await Place.GetAsync(manifest))!;
                node["nextExponents"]![0] = node["nextExponents"]![0]!.GetValue<int>() + 1;
                await Place.PutAsync(manifest, System.Text.Encoding.UTF8.GetBytes(node.ToJsonString()));
                return "manifest.json";
            default:
                CheckpointManifest old = CheckpointManifest.Parse(manifest, await Place.GetAsync(manifest));
                await Place.PutAsync(manifest, (damage == "gap" ? old with { Files = old.Files[1..] } : old with { PlanHash = "another" }).ToBytes());
                return damage == "gap" ? "not whole" : "other options";
        }
    }
}
