using System.Text.Json;
using NSft.Data.Formats;
using NSft.Data.Reading;

namespace NSft.Data;

/// <summary>Reads preference rows from a JSON array, from JSON lines, or from a file of another format.</summary>
/// <remarks>
/// A row is <c>{id?, image, question, chosen, rejected}</c>; <c>reject</c> and <c>image_id</c> are read as SeVa writes them;
/// where no rejected answer is needed, <c>answer</c> may stand for <c>chosen</c>.
/// Other fields are kept as raw JSON.
/// </remarks>
public static class PreferenceReader
{
    private const string OwnFormat = "nsft";

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">JSON array or JSON lines, UTF-8; or a file or folder of another format.</param>
    /// <param name="options">What is required of a row.</param>
    /// <returns>The usable rows, and a problem for every other row.</returns>
    /// <exception cref="Collectives.UserInputException">
    /// The file cannot be read, is no JSON, or holds no usable row; or it is read strictly and holds an unusable one.
    /// </exception>
    public static ReadOutcome<PreferencePair> Read(string path, PreferenceReadOptions options)
    {
        List<PreferencePair> rows = [];
        List<RowProblem> problems = [];
        foreach (PairRead read in Stream(path, options))
        {
            if (read.Pair is PreferencePair pair)
            {
                rows.Add(pair);
            }
            else
            {
                problems.Add(read.Problem!);
            }
        }

        return new ReadOutcome<PreferencePair>(rows, problems);
    }

    /// <summary>Reads pairs one by one and keeps none of them: NSft's own rows, or those of any format that the file looks like.</summary>
    /// <param name="path">A file, or a folder where its format has several files.</param>
    /// <param name="options">What is required of a row.</param>
    /// <returns>A pair or a problem for every row, in file order.</returns>
    /// <exception cref="Collectives.UserInputException">While pairs are taken: as <see cref="Read"/>, the reasons of whole files behind the last row.</exception>
    public static IEnumerable<PairRead> Stream(string path, PreferenceReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        IEnumerable<PairRead> rows = ForeignFormat(path) is IDatasetFormat format
            ? format.Read(path, new DatasetReadOptions()).Select(row => FromRecord(row, path, options))
            : RowStream.Read(path, (element, row, id) => ReadPair(element, row, id, options)).Select(row => new PairRead(row.Value, row.Problem));
        return RowStream.Checked(rows, path, options.Strict, row => row.Problem);
    }

    /// <summary>The format of a file that is not of rows as NSft writes them; null for those, and where it cannot be told.</summary>
    private static IDatasetFormat? ForeignFormat(string path)
    {
        IDatasetFormat[] formats = [.. DatasetFormats.All.Where(format => format.Recognises(path)).Take(2)];
        return formats.Length == 1 && formats[0].Name != OwnFormat ? formats[0] : null;
    }

    private static PairRead FromRecord(RecordRead row, string path, PreferenceReadOptions options)
    {
        if (row.Record is not DatasetRecord record)
        {
            return new PairRead(null, row.Problem);
        }

        PairRead read = DatasetConversion.ToPair(record, path, options.RequireRejected);
        return read.Pair is PreferencePair pair && options.ImageDirectory is string directory && !(options.HasImage?.Invoke(pair.Image) ?? File.Exists(Path.Combine(directory, pair.Image)))
            ? new PairRead(null, new RowProblem(path, record.Row, record.Id, $"image '{RowCollector.Shown(pair.Image)}' is not in {directory}", "check the image directory or drop the row"))
            : read;
    }

    private static PreferencePair ReadPair(JsonElement element, int row, string id, PreferenceReadOptions options)
    {
        string image = RowFields.Image(element, options.ImageDirectory, options.HasImage);
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
