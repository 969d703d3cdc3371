using System.Text.Json;
using NSft.Client.Output;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Client.Iteration;

/// <summary>
/// A stage of a round that is done once: its manifest, written last, holds the hashes of what it read and wrote and its numbers. A stage whose
/// manifest fits what is there is not done again.
/// </summary>
/// <param name="manifest">Path of the manifest.</param>
/// <param name="inputs">Files and model folders that the stage reads.</param>
/// <param name="outputs">Files and model folders that it writes.</param>
internal sealed class Stage(string manifest, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
{
    private static readonly JsonSerializerOptions Format = new(ConsoleOutput.Json) { WriteIndented = true, PropertyNameCaseInsensitive = true };

    /// <summary>The numbers of the stage: from its manifest, or from doing it now.</summary>
    /// <param name="work">Does the stage.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        Dictionary<string, string> read = Hash(inputs);
        if (Find<T>() is Content<T> found && Equal(found.Inputs, read) && outputs.All(Path.Exists) && Equal(found.Outputs, Hash(outputs)))
        {
            return found.Result;
        }

        File.Delete(manifest);
        T result = await work().ConfigureAwait(false);
        AtomicFile.Write(manifest, JsonSerializer.SerializeToUtf8Bytes(new Content<T>(read, Hash(outputs), result), Format));
        return result;
    }

    private static Dictionary<string, string> Hash(IEnumerable<string> paths) =>
        paths.ToDictionary(path => Path.GetFileName(path), FileHash.OfModel, StringComparer.Ordinal);

    private static bool Equal(Dictionary<string, string> first, Dictionary<string, string> second) =>
        first.Count == second.Count && first.All(pair => second.TryGetValue(pair.Key, out string? other) && other == pair.Value);

    private Content<T>? Find<T>()
    {
        try
        {
            return File.Exists(manifest) ? JsonSerializer.Deserialize<Content<T>>(File.ReadAllBytes(manifest), Format) : null;
        }
        catch (JsonException error)
        {
            throw new UserInputException($"{manifest}: cannot be read ({error.Message}); delete it and the stage is done again", error);
        }
    }

    private sealed record Content<T>(Dictionary<string, string> Inputs, Dictionary<string, string> Outputs, T Result);
}
