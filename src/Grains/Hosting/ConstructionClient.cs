using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Data.Construction.Reporting;
using NSft.Grains.Construction;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;

namespace NSft.Grains.Hosting;

/// <summary>Starts construction jobs on a cluster and follows them.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="time">Clock of durations; null for the system's.</param>
public sealed class ConstructionClient(IClusterClient cluster, TimeProvider? time = null)
{
    private const string SettingsFile = "settings.json";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Constructs corrective conversations over all silos. The result does not depend on their number, nor on interruptions.</summary>
    /// <remarks>
    /// The job works in a directory beside the result. When it is interrupted, the same call again goes on from there; when it is
    /// complete, the directory is removed unless pairs are left that could not be answered.
    /// </remarks>
    /// <param name="settings">What to construct from.</param>
    /// <param name="outputPath">File to write as LLaVA conversation JSON; it appears whole or not at all. Null to write none.</param>
    /// <param name="progress">Told of phases and blocks; null for nobody.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>The completed job.</returns>
    /// <exception cref="UserInputException">The input cannot be used, or the budget is spent.</exception>
    /// <exception cref="RunFailedException">The job failed for another reason.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled; it can be gone on with.</exception>
    public async Task<ConstructionOutcome> ConstructAsync(
        ConstructionSettings settings,
        string? outputPath = null,
        IProgress<ConstructionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Validate(settings);
        var full = WithFullPaths(settings);
        var begin = _time.GetTimestamp();
        var identity = ConstructionIdentity.Of(full);
        var path = full.WorkDirectory ?? (outputPath is null ? NewTemporary() : Path.GetFullPath(outputPath) + JobDirectory.Suffix);
        using var locked = JobDirectory.Lock(path);
        var directory = JobDirectory.Open(path, new JobRecord(identity.ToFacts(), full.Options.BlockSize), out var opened);
        AtomicFile.Write(directory.PathOf(SettingsFile), DataJson.WriteBytes(full));
        return await RunAsync(new Job(full, identity, directory, opened.BlockSize, outputPath, begin), progress, cancellationToken);
    }

    /// <summary>Tries the dead letters of a completed job again and writes its result anew.</summary>
    /// <param name="outputPath">The job's corrective file.</param>
    /// <param name="workDirectory">The job's directory; null for the one beside the file.</param>
    /// <param name="change">Changes settings that the result does not depend on, such as a budget; null for none.</param>
    /// <param name="progress">Told of phases and blocks; null for nobody.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>The job, completed again.</returns>
    /// <exception cref="UserInputException">There is no job with dead letters, or as <see cref="ConstructAsync"/>.</exception>
    public async Task<ConstructionOutcome> ReplayAsync(
        string outputPath,
        string? workDirectory = null,
        Func<ConstructionSettings, ConstructionSettings>? change = null,
        IProgress<ConstructionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outputPath);
        var begin = _time.GetTimestamp();
        var path = Path.GetFullPath(workDirectory ?? outputPath + JobDirectory.Suffix);
        var file = Path.Combine(path, SettingsFile);
        if (JobDirectory.Find(path) is null || JobPlan.Find(path) is not { } plan || !File.Exists(file))
        {
            throw new UserInputException($"{path}: holds no construction to try dead letters of again; a job without dead letters leaves none");
        }

        using var locked = JobDirectory.Lock(path);
        var stored = DataJson.Read<ConstructionSettings>(await File.ReadAllTextAsync(file, cancellationToken));
        var identity = ConstructionIdentity.Of(stored);
        var directory = JobDirectory.Open(path, new JobRecord(identity.ToFacts(), stored.Options.BlockSize), out var opened);
        ReplayedBlocks.SetAside(directory, plan.BlockCountOf(opened.BlockSize));

        // The stored answers are those that were no use: other ones are asked for, by this try and by those after it.
        stored = stored with { Language = stored.Language is { } language ? language with { Sample = language.Sample + 1 } : null };
        AtomicFile.Write(file, DataJson.WriteBytes(stored));
        var settings = change?.Invoke(stored) ?? stored;
        Validate(settings);
        return await RunAsync(new Job(settings, identity, directory, opened.BlockSize, outputPath, begin), progress, cancellationToken);
    }

    private static void Validate(ConstructionSettings settings)
    {
        ConstructionOptionsValidator.Validate(settings.Options);
        if (settings.Chat is { } chat)
        {
            chat.Validate();
        }

        if (settings.Language is { } language)
        {
            LanguageOptionsValidator.Validate(language);
        }
    }

    private static ConstructionSettings WithFullPaths(ConstructionSettings settings) => settings with
    {
        DataPath = Path.GetFullPath(settings.DataPath),
        ImageDirectory = Full(settings.ImageDirectory),
        CodebookPath = Full(settings.CodebookPath),
        WorkDirectory = Full(settings.WorkDirectory),

        // A lexicon is a name unless there is a file that is called so.
        Lexicon = File.Exists(settings.Lexicon) ? Path.GetFullPath(settings.Lexicon) : settings.Lexicon,
        Language = settings.Language is { } language ? language with { PromptPath = Full(language.PromptPath) } : null,
        Chat = settings.Chat is { } chat ? chat with { KeyFile = Full(chat.KeyFile), AnswerDirectory = Full(chat.AnswerDirectory) } : null,
    };

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    private static string NewTemporary() => Directory.CreateTempSubdirectory("nsft-construct-").FullName;

    /// <summary>The job of a directory.</summary>
    internal static string IdOf(string directory) =>
        "construct-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)).AsSpan(0, sizeof(ulong)));

    /// <summary>What a command's spending goes by.</summary>
    internal static string BudgetIdOf(string jobId, ConstructionRequest request) => $"{jobId}/{request.Attempt}";

    private async Task<ConstructionOutcome> RunAsync(Job job, IProgress<ConstructionProgress>? progress, CancellationToken cancellationToken)
    {
        var request = new ConstructionRequest(
            DataJson.Write(ConstructionBudget.LeftOf(job.Settings, job.Directory)), job.Directory.Path, job.BlockSize, Guid.NewGuid().ToString("N"));
        var follower = new JobFollower(cluster.GetGrain<IConstructionGrain>(IdOf(job.Directory.Path)), request, _time);
        var isComplete = false;
        try
        {
            await follower.StartAsync(cancellationToken);
            var status = await follower.FollowAsync(progress, cancellationToken);
            Ensure(job, status);
            isComplete = true;

            // Task.Run: reading and writing all results is long work without a wait in it.
            return await Task.Run(() => Finish(job, status), cancellationToken);
        }
        finally
        {
            await follower.CloseAsync();
            await NoteSpendingAsync(job, request);
            if (!isComplete)
            {
                job.DeleteUnlessBegun();
            }
        }
    }

    /// <summary>Keeps what this command spent, also on blocks that it did not complete: a budget is the whole job's.</summary>
    private async Task NoteSpendingAsync(Job job, ConstructionRequest request)
    {
        if (job.Settings.Chat is not { Budget: { } budget })
        {
            return;
        }

        try
        {
            var ledger = cluster.GetGrain<ISpendingGrain>(BudgetIdOf(IdOf(job.Directory.Path), request));
            var reply = await ledger.AskAsync(new SpendingRequest("command", string.Empty, budget, Settled: 0, Held: 0, []));
            ConstructionBudget.Note(job.Directory, request.Attempt, reply.Settled + reply.Held);
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            // The cluster is gone: the blocks that are done still tell what they took.
        }
    }

    private static void Ensure(Job job, ConstructionStatus status)
    {
        var done = status.DoneBlocks == 0
            ? ""
            : FormattableString.Invariant($"; in all {status.Work.Pairs} of {status.PairCount} pairs are done and kept in {job.Directory.Path}: the same command again goes on from there");
        switch (status)
        {
            case { Phase: RunPhase.Completed }:
                return;
            case { Failure: { Kind: FailureKind.UserInput } failure }:
                throw new UserInputException(failure.Message + done);
            case { Failure: { } failure }:
                throw new RunFailedException(failure with { Message = failure.Message + done });
            default:
                throw new OperationCanceledException("The job was cancelled.");
        }
    }

    private ConstructionOutcome Finish(Job job, ConstructionStatus status)
    {
        var plan = JobPlan.Find(job.Directory.Path)!;
        var results = new JobResults(job.Directory, plan.BlockCountOf(job.BlockSize), job.BlockSize);
        var assembly = new CorrectiveAssembly(results, job.Identity.Provenance);
        assembly.Write(job.Output);
        var summary = assembly.Summary with { UnusableRowCount = plan.ProblemCount };
        var hasLetters = summary.DeadLetterCount > 0;
        var record = new ConstructionRecord(summary, new ConstructionManifest(
            job.Identity.Provenance.Source,
            plan.ContentHash,
            job.Identity.Provenance,
            job.Identity.Options,
            job.Output is null ? "" : FileHash.OfPath(job.Output)))
        {
            Cost = job.Settings.CostOf(summary.Usage),
            YesShareBefore = assembly.Balance.YesShareBefore,
            DroppedTurns = assembly.Balance.DroppedTurns,
            BalanceNote = assembly.Balance.Note,
        };
        string? letters = null;
        if (job.Output is { } output)
        {
            record.Write(output);
            letters = DeadLetterFile.Write(output, assembly.DeadLetters(), hasLetters);
        }

        var isKept = hasLetters && job.Output is not null;
        if (!isKept)
        {
            job.Directory.Delete();
        }

        return new ConstructionOutcome(record, _time.GetElapsedTime(job.Begin))
        {
            Problems = plan.Problems,
            RetriedBlocks = status.RetriedBlocks,
            DamagedBlocks = status.DamagedBlocks,
            Silos = status.Silos,
            DeadLetterPath = letters,
            WorkDirectory = isKept ? job.Directory.Path : null,
        };
    }

    private sealed record Job(
        ConstructionSettings Settings, ConstructionIdentity Identity, JobDirectory Directory, int BlockSize, string? Output, long Begin)
    {
        /// <summary>A job that has paid for nothing yet leaves nothing behind.</summary>
        internal void DeleteUnlessBegun()
        {
            if (!Directory.HasAnyBlock && !ConstructionBudget.HasSpent(Directory))
            {
                Directory.Delete();
            }
        }
    }
}
