using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Client.Processes;

/// <summary>The silo processes of a state directory, one file each in its folder <c>processes</c>.</summary>
internal sealed class SiloRecords
{
    /// <summary>Start of the names that are given out.</summary>
    public const string NamePrefix = "silo-";

    private const string Extension = ".json";
    private const string LockName = ".lock";

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(20);

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private readonly string _directory;

    /// <summary>The records of a state directory, which need not exist yet.</summary>
    public SiloRecords(string stateDirectory)
    {
        _directory = Path.Combine(stateDirectory, "processes");
    }

    /// <summary>Writes a record; readers see the old one or the new one.</summary>
    public void Write(SiloRecord record)
    {
        Directory.CreateDirectory(_directory);
        AtomicFile.Write(PathOf(record.Name), JsonSerializer.SerializeToUtf8Bytes(record, Format));
    }

    /// <summary>Removes the record of a process, unless another process has the name by now.</summary>
    public void Remove(SiloRecord record)
    {
        if (Read(PathOf(record.Name))?.Process == record.Process)
        {
            File.Delete(PathOf(record.Name));
        }
    }

    /// <summary>Records of processes that live, in the order of their names; those of dead ones are removed.</summary>
    public IReadOnlyList<SiloRecord> Living()
    {
        List<SiloRecord> living = [];
        foreach (SiloRecord record in ReadAll())
        {
            if (record.IsAlive)
            {
                living.Add(record);
            }
            else
            {
                Remove(record);
            }
        }

        return living;
    }

    /// <summary>Takes a name for a process and records it.</summary>
    /// <param name="name">The name asked for; null for the lowest free number.</param>
    /// <param name="record">Makes the record for the name.</param>
    /// <param name="cancellation">Ends the wait for others that take a name.</param>
    /// <exception cref="UserInputException">Another living process has the name.</exception>
    public async Task<SiloRecord> TakeNameAsync(string? name, Func<string, Task<SiloRecord>> record, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_directory);
        await using FileStream gate = await EnterAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<SiloRecord> living = Living();
        string wanted = name ?? FreeName([.. living.Select(one => one.Name)]);
        SiloRecord? owner = living.FirstOrDefault(one => one.Name == wanted && one.Process != ProcessIdentity.Current);
        if (owner is not null)
        {
            throw new UserInputException(string.Create(CultureInfo.InvariantCulture,
                $"--name {wanted}: process {owner.Process.Pid} has this name in the cluster already; choose another"));
        }

        SiloRecord taken = await record(wanted).ConfigureAwait(false);
        Write(taken);
        return taken;
    }

    /// <summary>The lowest number that no name has.</summary>
    internal static string FreeName(IReadOnlyCollection<string> names) => Enumerable.Range(1, names.Count + 1)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{number}"))
        .First(name => !names.Contains(name));

    private async Task<FileStream> EnterAsync(CancellationToken cancellation)
    {
        string path = Path.Combine(_directory, LockName);
        long begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(begin) < LockLimit)
            {
                await Task.Delay(LockPause, cancellation).ConfigureAwait(false);
            }
        }
    }

    private IEnumerable<SiloRecord> ReadAll() => Directory.Exists(_directory)
        ? Directory.EnumerateFiles(_directory, "*" + Extension).Select(Read).OfType<SiloRecord>()
            .OrderBy(record => record.Name.Length).ThenBy(record => record.Name, StringComparer.Ordinal)
        : [];

    private static SiloRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SiloRecord>(File.ReadAllBytes(path), Format);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException error)
        {
            throw new UserInputException($"{path}: not a process record ({FailureLine(error)}); delete it when its process is gone", error);
        }
    }

    private static string FailureLine(JsonException error) => Output.FailureReport.OneLine(error.Message);

    private string PathOf(string name) => Path.Combine(_directory, name + Extension);
}
