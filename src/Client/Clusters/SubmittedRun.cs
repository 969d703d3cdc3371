using System.Text.Json;
using NSft.Client.Output;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Client.Clusters;

/// <summary>What a run was asked for; kept in the run's place, so that its ledger can be told at any time.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Name">Its name for people; null for none.</param>
/// <param name="OptionsJson">The training options.</param>
/// <param name="OutputDirectory">Where the result goes.</param>
internal sealed record SubmittedRun(string RunId, string? Name, string OptionsJson, string OutputDirectory)
{
    private const string FileName = "request.json";

    /// <summary>Keeps the record.</summary>
    /// <param name="store">The run's place.</param>
    /// <param name="cancellation">Gives it up.</param>
    public Task WriteAsync(IObjectStore store, CancellationToken cancellation) =>
        store.WriteAsync(FileName, JsonSerializer.SerializeToUtf8Bytes(this, ConsoleOutput.Json), WriteCondition.Any, cancellation);

    /// <summary>Reads a run's record.</summary>
    /// <param name="store">The run's place.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="UserInputException">It is not there.</exception>
    public static async Task<SubmittedRun> ReadAsync(IObjectStore store, CancellationToken cancellation)
    {
        StoredContent found = await store.ReadAsync(FileName, cancellation).ConfigureAwait(false)
            ?? throw new UserInputException($"{store.Address.At(FileName)}: is not there; the run was not started by a console, so its samples are not known here");
        try
        {
            return JsonSerializer.Deserialize<SubmittedRun>(found.Content.Span, ConsoleOutput.Json)
                ?? throw new UserInputException($"{store.Address.At(FileName)}: is empty");
        }
        catch (JsonException error)
        {
            throw new UserInputException($"{store.Address.At(FileName)}: is no record of a run: {error.Message}", error);
        }
    }

    /// <summary>Id of the last run of a name, or of the last one for <c>last</c>; null for none.</summary>
    /// <param name="store">The place of all runs.</param>
    /// <param name="word">The name.</param>
    /// <param name="open">Opens a run's place.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static async Task<string?> FindIdAsync(IObjectStore store, string word, Func<string, IObjectStore> open, CancellationToken cancellation)
    {
        List<ObjectFacts> records = [];
        await foreach (ObjectFacts one in store.ListAsync("", cancellation).ConfigureAwait(false))
        {
            if (one.Name.Split('/') is [_, FileName])
            {
                records.Add(one);
            }
        }

        foreach (ObjectFacts record in records.OrderByDescending(record => record.ChangedAt))
        {
            string id = record.Name.Split('/')[0];
            if (word == RunFinder.Last || (await ReadAsync(open(id), cancellation).ConfigureAwait(false)).Name == word)
            {
                return id;
            }
        }

        return null;
    }
}
