using System.Globalization;
using NSft.Data.Reading;

namespace NSft.Data.Formats;

/// <summary>Records as preference pairs and back.</summary>
public static class DatasetConversion
{
    /// <summary>A record as a pair to construct from and to train on.</summary>
    /// <param name="record">The record.</param>
    /// <param name="file">The file that a problem is reported for.</param>
    /// <param name="requireRejected">Whether a rejected answer must be there; without it the pair's is empty where there is none.</param>
    public static PairRead ToPair(DatasetRecord record, string file, bool requireRejected = true)
    {
        ArgumentNullException.ThrowIfNull(record);
        try
        {
            return new PairRead(Pair(record, requireRejected), null);
        }
        catch (RowRejectedException exception)
        {
            return new PairRead(null, new RowProblem(file, record.Row, record.Id, exception.Message, exception.Hint));
        }
    }

    /// <summary>A pair as a record.</summary>
    public static DatasetRecord FromPair(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return new DatasetRecord(
            pair.Id,
            [new DatasetImage(pair.Image, null)],
            [new DatasetMessage(DatasetRole.Human, pair.Question)],
            [new DatasetMessage(DatasetRole.Assistant, pair.Chosen)],
            pair.Rejected.Length == 0 ? null : [new DatasetMessage(DatasetRole.Assistant, pair.Rejected)])
        {
            Row = pair.Row,
            Extensions = pair.Extensions,
        };
    }

    private static PreferencePair Pair(DatasetRecord record, bool requireRejected)
    {
        string image = Image(record.Images);
        if (record.Prompt.Count != 1 || record.Prompt[0].Role != DatasetRole.Human)
        {
            throw new RowRejectedException(
                string.Create(CultureInfo.InvariantCulture, $"{record.Prompt.Count} messages stand before the answer where a pair has one question"),
                "keep the last question alone, or train on the conversation as it is");
        }

        string question = RowFields.Question(record.Prompt[0].Text, "question", fewestMarkers: 0, mostMarkers: 1);
        string chosen = Answer(record.Chosen, "chosen");
        string rejected = record.Rejected is null && !requireRejected ? "" : Answer(record.Rejected, "rejected");
        if (rejected.Length > 0 && AnswerText.AreEqual(chosen, rejected))
        {
            throw new RowRejectedException("chosen and rejected are the same answer", "drop the row: it holds no preference");
        }

        return new PreferencePair(record.Id, image, question, chosen, rejected) { Row = record.Row, Extensions = record.Extensions };
    }

    private static string Image(IReadOnlyList<DatasetImage> images)
    {
        if (images.Count != 1)
        {
            throw new RowRejectedException(
                string.Create(CultureInfo.InvariantCulture, $"the row has {images.Count} images where a pair has one"), "keep rows of one image");
        }

        return images[0].Path ?? throw new RowRejectedException("the row holds its image itself", "write the images to files first: nsft dataset import --images-out DIR");
    }

    private static string Answer(IReadOnlyList<DatasetMessage>? answer, string name)
    {
        if (answer is null)
        {
            throw new RowRejectedException($"the row has no {name} answer", name == "rejected" ? "sample one: nsft sample" : "give it a true answer or drop it");
        }

        if (answer.Count != 1)
        {
            throw new RowRejectedException(
                string.Create(CultureInfo.InvariantCulture, $"the {name} answer has {answer.Count} turns where a pair has one"), "keep the first answer");
        }

        string text = answer[0].Text.Trim();
        if (text.Length == 0)
        {
            throw new RowRejectedException($"the {name} answer is empty", "fill it in or drop the row");
        }

        RowFields.RejectTemplateTokens(text, name);
        return text;
    }
}
