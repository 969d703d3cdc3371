using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data;

/// <summary>Reads preference rows from a JSON array or from JSON lines.</summary>
/// <remarks>
/// A row is <c>{id?, image, question, chosen, rejected}</c>; <c>reject</c> and <c>image_id</c> are read as SeVa writes them;
/// where no rejected answer is needed, <c>answer</c> may stand for <c>chosen</c>.
/// Other fields are kept as raw JSON.
/// </remarks>
public static class PreferenceReader
{
    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">JSON array or JSON lines, UTF-8.</param>
    /// <param name="options">What is required of a row.</param>
    /// <returns>The usable rows, and a problem for every other row.</returns>
    /// <exception cref="Collectives.UserInputException">
    /// The file cannot be read, is no JSON, or holds no usable row; or it is read strictly and holds an unusable one.
    /// </exception>
    public static ReadOutcome<PreferencePair> Read(string path, PreferenceReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return RowCollector.Collect(path, options.Strict, (element, row, id) => ReadPair(element, row, id, options));
    }

    private static PreferencePair ReadPair(JsonElement element, int row, string id, PreferenceReadOptions options)
    {
        string image = RowFields.Image(element, options.ImageDirectory);
        string question = RowFields.Question(RowFields.Required(element, "question"), "question", fewestMarkers: 0, mostMarkers: 1);
        string chosenName = options.RequireRejected || element.TryGetProperty("chosen", out _) || !element.TryGetProperty("answer", out _) ? "chosen" : "answer";
        string chosen = RowFields.Answer(element, chosenName);
        string rejectedName = element.TryGetProperty("rejected", out _) || !element.TryGetProperty("reject", out _) ? "rejected" : "reject";
        string rejected = !options.RequireRejected && !element.TryGetProperty(rejectedName, out _) ? "" : RowFields.Answer(element, rejectedName);
        if (rejected.Length > 0 && AnswerText.AreEqual(chosen, rejected))
        {
            throw new RowRejectedException("chosen and rejected are the same answer", "drop the row: it holds no preference");
        }

        string imageName = element.TryGetProperty("image", out _) ? "image" : element.TryGetProperty("images", out _) ? "images" : "image_id";
        return new PreferencePair(id, image, question, chosen, rejected)
        {
            Row = row,
            Extensions = RowFields.Others(element, "id", imageName, "question", chosenName, rejectedName),
        };
    }
}
