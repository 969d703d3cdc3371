using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Data;
using NSft.Data.Sampling;

namespace NSft.Client.Preferences;

/// <summary>Completion files that the user names.</summary>
internal static class CompletionInput
{
    /// <summary>The usable rows; the others are listed.</summary>
    /// <param name="option">Option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="images">Where the images must lie, or null when nobody looks.</param>
    public static IReadOnlyList<CompletionRow> Read(string option, string path, string? images = null)
    {
        ReadOutcome<CompletionRow> outcome = CompletionFile.Read(InputPath.File(option, path), images);
        RowProblemList.Write(outcome.Problems);
        return outcome.Rows;
    }
}
