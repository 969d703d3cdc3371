using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Client.Clusters;

/// <summary>What a run was asked for; kept in its folder of the state directory, so that its ledger can be told at any time.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Name">Its name for people; null for none.</param>
/// <param name="OptionsJson">The training options.</param>
/// <param name="OutputDirectory">Where the result goes.</param>
internal sealed record SubmittedRun(string RunId, string? Name, string OptionsJson, string OutputDirectory)
{
    private const string FileName = "request.json";

    /// <summary>Folder of a run in a state directory.</summary>
    public static string DirectoryOf(string stateDirectory, string runId) => Path.Combine(stateDirectory, "runs", runId);

    /// <summary>Keeps the record.</summary>
    public void Write(string stateDirectory)
    {
        string directory = DirectoryOf(stateDirectory, RunId);
        Directory.CreateDirectory(directory);
        AtomicFile.Write(Path.Combine(directory, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Output.ConsoleOutput.Json));
    }

    /// <summary>Reads a run's record.</summary>
    /// <exception cref="UserInputException">It is not there.</exception>
    public static SubmittedRun Read(string stateDirectory, string runId)
    {
        string path = Path.Combine(DirectoryOf(stateDirectory, runId), FileName);
        try
        {
            return JsonSerializer.Deserialize<SubmittedRun>(File.ReadAllBytes(path), Output.ConsoleOutput.Json)
                ?? throw new UserInputException($"{path}: is empty");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{path}: no such file; the run was not started by this console, so its samples are not known here", error);
        }
    }

    /// <summary>Id of the run of a name or <c>last</c>, as far as this console started it; null for none.</summary>
    public static string? FindId(string stateDirectory, string word)
    {
        string folder = Path.Combine(stateDirectory, "runs");
        if (!Directory.Exists(folder))
        {
            return null;
        }

        IEnumerable<string> files = new DirectoryInfo(folder).EnumerateDirectories().Select(run => new FileInfo(Path.Combine(run.FullName, FileName)))
            .Where(file => file.Exists).OrderByDescending(file => file.LastWriteTimeUtc).Select(file => file.DirectoryName!);
        return files.Select(Path.GetFileName).FirstOrDefault(id => word == RunFinder.Last || Read(stateDirectory, id!).Name == word);
    }
}
