using System.Globalization;
using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Grains.Jobs;

/// <summary>
/// The folder that a job works in: <c>job.json</c> says which job it is, <c>blocks/000001.jsonl</c> and so on are its finished blocks.
/// Tasks write blocks, each whole or not at all; whoever runs the job later, on whatever silos, goes on from what is there.
/// </summary>
internal sealed class JobDirectory
{
    /// <summary>End of the folder's name behind that of the job's result.</summary>
    internal const string Suffix = ".work";

    private const string RecordFile = "job.json";
    private const string LockFile = "lock";
    private const string BlockFolder = "blocks";
    private const string BlockEnd = ".jsonl";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>A directory that a job has made already.</summary>
    /// <param name="path">Full path.</param>
    internal JobDirectory(string path) => Path = path;

    /// <summary>Full path.</summary>
    internal string Path { get; }

    /// <summary>Opens a job's directory and makes it when it is not there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="record">The job.</param>
    /// <param name="opened">The job as it began: its block size may be another.</param>
    /// <exception cref="UserInputException">The folder holds another job, or cannot be used.</exception>
    internal static JobDirectory Open(string path, JobRecord record, out JobRecord opened)
    {
        var directory = new JobDirectory(System.IO.Path.GetFullPath(path));
        if (File.Exists(directory.Path))
        {
            throw new UserInputException($"{path}: is a file; name a folder for the job with --work");
        }

        var file = directory.PathOf(RecordFile);
        if (!File.Exists(file))
        {
            if (Directory.Exists(directory.Path) && Directory.EnumerateFileSystemEntries(directory.Path).Any(entry => System.IO.Path.GetFileName(entry) != LockFile))
            {
                throw new UserInputException($"{path}: is no folder of a job and not empty; name another with --work, or empty it");
            }

            AtomicFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(record, Format));
        }

        opened = ReadRecord(file);
        if (record.Facts.DifferenceFrom(opened.Facts) is { } difference)
        {
            throw new UserInputException($"{path}: holds another job: {difference}; go on with the options of that job, delete the folder, or name another with --work");
        }

        return directory;
    }

    /// <summary>The job of a directory, or null when none was made there.</summary>
    /// <exception cref="UserInputException">The record is damaged.</exception>
    internal static JobRecord? Find(string path)
    {
        var file = System.IO.Path.Combine(path, RecordFile);
        return File.Exists(file) ? ReadRecord(file) : null;
    }

    /// <summary>Full path of a file in the directory.</summary>
    internal string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Keeps other commands away while this one works here.</summary>
    /// <returns>Gives the directory free when disposed.</returns>
    /// <exception cref="UserInputException">Another command works here.</exception>
    internal static IDisposable Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the folder of the job cannot be used ({exception.Message}); wait for the other command that works there, or name another with --work", exception);
        }
    }

    /// <summary>Whether any block is done.</summary>
    internal bool HasAnyBlock => Directory.Exists(PathOf(BlockFolder)) && Directory.EnumerateFiles(PathOf(BlockFolder), "*" + BlockEnd).Any();

    /// <summary>Whether a block's file is there; nobody has looked into it.</summary>
    internal bool HasBlock(int block) => File.Exists(BlockPath(block));

    /// <summary>Writes a finished block.</summary>
    internal void WriteBlock(int block, BlockContent content) => BlockFile.Write(BlockPath(block), content);

    /// <summary>Reads a finished block.</summary>
    /// <exception cref="UserInputException">It is not there or damaged.</exception>
    internal BlockContent ReadBlock(int block) => TryReadBlock(block)
        ?? throw new UserInputException($"{BlockPath(block)}: is missing or damaged; the same command again does the block anew");

    /// <summary>Reads a finished block, or nothing when it is not there or damaged.</summary>
    internal BlockContent? TryReadBlock(int block) => HasBlock(block) ? BlockFile.Read(BlockPath(block)) : null;

    /// <summary>The tallies of all whole blocks, in no order.</summary>
    internal IEnumerable<string> FindTallies() => HasAnyBlock
        ? Directory.EnumerateFiles(PathOf(BlockFolder), "*" + BlockEnd).Select(BlockFile.Read).Where(block => block is not null).Select(block => block!.Tally)
        : [];

    /// <summary>Removes a block, so that it is done again.</summary>
    internal void RemoveBlock(int block) => File.Delete(BlockPath(block));

    /// <summary>Reads every block once and removes those that are damaged.</summary>
    /// <param name="blockCount">Blocks of the job.</param>
    /// <param name="take">Told of each whole block.</param>
    internal JobScan Scan(int blockCount, Action<int, BlockContent>? take = null)
    {
        var done = new List<int>();
        var damaged = new List<string>();
        for (var block = 0; block < blockCount; block++)
        {
            if (!HasBlock(block))
            {
                continue;
            }

            if (BlockFile.Read(BlockPath(block)) is { } content)
            {
                done.Add(block);
                take?.Invoke(block, content);
            }
            else
            {
                damaged.Add(BlockPath(block));
                RemoveBlock(block);
            }
        }

        return new JobScan(done, damaged);
    }

    /// <summary>Removes the directory with all that is in it.</summary>
    internal void Delete()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static JobRecord ReadRecord(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<JobRecord>(File.ReadAllBytes(file), Format) ?? throw new JsonException("it holds nothing");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{file}: cannot be read ({exception.Message}); delete the folder, or name another with --work", exception);
        }
    }

    private string BlockPath(int block) =>
        PathOf(System.IO.Path.Combine(BlockFolder, (block + 1).ToString("000000", CultureInfo.InvariantCulture) + BlockEnd));
}
