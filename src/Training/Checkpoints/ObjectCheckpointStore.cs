using System.Collections.Concurrent;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Training.Checkpoints;

/// <summary>
/// Checkpoints in an object store: files and manifest under <c>step-000123/</c>, with the names that a folder has but for the attempt in
/// the names of the part files. Nothing is renamed, and nothing that a manifest names is written a second time.
/// </summary>
/// <remarks>
/// The manifest makes the checkpoint, and is written under the condition that it is as it was at the beginning. A writer that was replaced
/// finds another claim and gives up. Files are removed as left behind only when neither of the last two attempts wrote them, so that a
/// replaced writer, too, can remove nothing that is about to be named by a manifest.
/// </remarks>
/// <param name="stores">Opens addresses.</param>
/// <param name="place">The address.</param>
/// <param name="scratch">Room for files on their way.</param>
internal sealed class ObjectCheckpointStore(IObjectStores stores, StoreAddress place, ScratchFolder scratch) : ICheckpointStore
{
    private const string Manifest = "/" + CheckpointManifest.FileName;

    private readonly IObjectStore _store = stores.Open(place);
    private readonly ConcurrentDictionary<string, WriteCondition> _begun = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Place => place.ToString();

    /// <inheritdoc/>
    public async Task<string> BeginAsync(int step, CancellationToken cancellationToken)
    {
        string name = CheckpointName.Of(step);
        ObjectFacts? manifest = await _store.FindAsync(name + Manifest, cancellationToken).ConfigureAwait(false);
        StoredContent? last = await _store.ReadAsync(CheckpointClaim.ObjectName, cancellationToken).ConfigureAwait(false);
        var claim = CheckpointClaim.After(last is null ? null : CheckpointClaim.Parse(last.Content.Span));
        try
        {
            _ = await _store.WriteAsync(CheckpointClaim.ObjectName, claim.ToBytes(), ConditionOf(last?.Facts), cancellationToken).ConfigureAwait(false);
        }
        catch (StoreConflictException exception)
        {
            throw new UserInputException(IsFenced, exception);
        }

        var staging = new CheckpointAttempt(At(name), claim.Attempt).ToString();
        _begun[staging] = ConditionOf(manifest);
        return staging;
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(string staging, CheckpointManifest manifest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var attempt = CheckpointAttempt.Parse(staging);
        CheckpointManifest whole = manifest.WithoutEmptyFiles();
        try
        {
            whole.EnsureGapless(attempt.Checkpoint);
            ObjectCheckpoint files = Checkpoint(CheckpointName.Of(manifest.Step));
            await Task.WhenAll(whole.Files.Select(file => files.VerifyAsync(file, cancellationToken))).ConfigureAwait(false);
            await EnsureClaimedAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await AbandonAsync(staging).ConfigureAwait(false);
            throw;
        }

        _ = _begun.TryRemove(staging, out WriteCondition condition);
        try
        {
            // What fails here may have been stored nevertheless, so the files stay until it is known.
            _ = await _store.WriteAsync(CheckpointName.Of(manifest.Step) + Manifest, whole.ToBytes(), condition, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreConflictException exception)
        {
            throw new UserInputException(IsFenced, exception);
        }
    }

    /// <inheritdoc/>
    public async Task AbandonAsync(string staging)
    {
        var attempt = CheckpointAttempt.Parse(staging);
        _ = _begun.TryRemove(staging, out _);
        try
        {
            string name = attempt.Checkpoint[(attempt.Checkpoint.LastIndexOf('/') + 1)..];
            await DeleteAsync(await NamesAsync(name + "/", CancellationToken.None).ConfigureAwait(false), file => CheckpointAttempt.OfFile(file) == attempt.Id, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (UserInputException)
        {
            // Left for CleanAsync: files without a manifest harm nothing but space.
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<StoredCheckpoint>();
        foreach (string name in await CompletedAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await TryReadAsync(name, null, cancellationToken).ConfigureAwait(false) is { } manifest)
            {
                found.Add(new StoredCheckpoint(At(name), manifest));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<CheckpointSearch> FindNewestWholeAsync(string? planHash, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (string name in (await CompletedAsync(cancellationToken).ConfigureAwait(false)).Reverse())
        {
            if (await TryReadAsync(name, problems, cancellationToken).ConfigureAwait(false) is not { } manifest)
            {
                continue;
            }

            try
            {
                manifest.EnsureUsable(At(name), planHash);
                ObjectCheckpoint files = Checkpoint(name);
                await Task.WhenAll(manifest.Files.Select(file => files.VerifyAsync(file, cancellationToken))).ConfigureAwait(false);
                return new CheckpointSearch(new StoredCheckpoint(At(name), manifest), problems);
            }
            catch (UserInputException exception)
            {
                problems.Add(exception.Message);
            }
        }

        return new CheckpointSearch(null, problems);
    }

    /// <inheritdoc/>
    public async Task PruneAsync(int keep, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        IReadOnlyList<StoredCheckpoint> readable = await ListAsync(cancellationToken).ConfigureAwait(false);
        if (readable.Count <= keep)
        {
            return;
        }

        int oldestKept = readable[^keep].Step;
        foreach (string name in (await CompletedAsync(cancellationToken).ConfigureAwait(false)).Where(name => CheckpointName.StepOf(name) < oldestKept))
        {
            // Without its manifest it is no checkpoint any more, so that a crash leaves no half of one.
            await _store.DeleteAsync(name + Manifest, WriteCondition.Any, cancellationToken).ConfigureAwait(false);
            await DeleteAsync(await NamesAsync(name + "/", cancellationToken).ConfigureAwait(false), static _ => true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        StoredContent? content = await _store.ReadAsync(CheckpointClaim.ObjectName, cancellationToken).ConfigureAwait(false);
        CheckpointClaim? claim = content is null ? null : CheckpointClaim.Parse(content.Content.Span);
        foreach (IGrouping<string, string> files in (await NamesAsync(CheckpointName.Prefix, cancellationToken).ConfigureAwait(false))
            .GroupBy(name => name.Split('/')[0], StringComparer.Ordinal))
        {
            HashSet<string> named = [];
            if (files.Contains(files.Key + Manifest))
            {
                if (await TryReadAsync(files.Key, null, cancellationToken).ConfigureAwait(false) is not { } manifest)
                {
                    continue;
                }

                named = [.. manifest.Files.Select(file => file.Name)];
            }

            await DeleteAsync(
                [.. files],
                file => CheckpointAttempt.OfFile(file) is { } attempt && claim?.Protects(attempt) != true && !named.Contains(Path.GetFileName(file)),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static WriteCondition ConditionOf(ObjectFacts? facts) => facts is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(facts.ETag);

    private string At(string name) => place.At(name).ToString();

    private string IsFenced => $"{Place}: another coordinator writes checkpoints here; give each run its own address with --checkpoints";

    private ObjectCheckpoint Checkpoint(string name) => new(stores.Open(place.At(name)), scratch);

    private async Task EnsureClaimedAsync(CheckpointAttempt attempt, CancellationToken cancellationToken)
    {
        StoredContent? content = await _store.ReadAsync(CheckpointClaim.ObjectName, cancellationToken).ConfigureAwait(false);
        if (content is null || CheckpointClaim.Parse(content.Content.Span)?.Attempt != attempt.Id)
        {
            throw new UserInputException(IsFenced);
        }
    }

    /// <summary>Names of the checkpoints that have a manifest, oldest first.</summary>
    private async Task<IReadOnlyList<string>> CompletedAsync(CancellationToken cancellationToken) =>
    [
        .. (await NamesAsync(CheckpointName.Prefix, cancellationToken).ConfigureAwait(false))
            .Where(name => name.EndsWith(Manifest, StringComparison.Ordinal))
            .Select(name => name[..^Manifest.Length])
            .Where(name => CheckpointName.StepOf(name) is not null)
            .OrderBy(CheckpointName.StepOf),
    ];

    private async Task<CheckpointManifest?> TryReadAsync(string name, List<string>? problems, CancellationToken cancellationToken)
    {
        string path = At(name) + Manifest;
        StoredContent? content = await _store.ReadAsync(name + Manifest, cancellationToken).ConfigureAwait(false);
        try
        {
            return content is null ? null : CheckpointManifest.Parse(path, content.Content.Span);
        }
        catch (UserInputException exception)
        {
            problems?.Add(exception.Message);
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (ObjectFacts facts in _store.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            names.Add(facts.Name);
        }

        return names;
    }

    private async Task DeleteAsync(IEnumerable<string> names, Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        foreach (string name in names.Where(isMeant))
        {
            await _store.DeleteAsync(name, WriteCondition.Any, cancellationToken).ConfigureAwait(false);
        }
    }
}
