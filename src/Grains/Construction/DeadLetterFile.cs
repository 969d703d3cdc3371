using NSft.Collectives.Files;
using NSft.Data.Construction;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Construction;

/// <summary>Pairs that could not be answered, one JSON object a line, beside the corrective file.</summary>
internal static class DeadLetterFile
{
    private const string Suffix = ".dead.jsonl";

    /// <summary>The file's path.</summary>
    /// <param name="output">The corrective file.</param>
    internal static string PathOf(string output) => output + Suffix;

    /// <summary>Writes the letters; without any, an older file is removed.</summary>
    /// <returns>The path, or null when there is none.</returns>
    internal static string? Write(string output, IEnumerable<DeadLetter> letters, bool hasAny)
    {
        var path = PathOf(output);
        if (!hasAny)
        {
            File.Delete(path);
            return null;
        }

        AtomicFile.Write(path, stream =>
        {
            foreach (var letter in letters)
            {
                stream.Write(DataJson.WriteBytes(letter));
                stream.Write("\n"u8);
            }
        });
        return path;
    }
}
