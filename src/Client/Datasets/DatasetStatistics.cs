using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Validation;
using NSft.Model.Conversation;

namespace NSft.Client.Datasets;

/// <summary>Counts what is in a data set. Rows are streamed; of images only hashes are kept.</summary>
/// <param name="encoding">Counts tokens; null when only words are counted.</param>
internal sealed class DatasetStatistics(DatasetEncoding? encoding)
{
    private const int MostQuestions = 200_000;

    private readonly HashSet<UInt128> _images = [];

    /// <summary>Rows counted.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows with a rejected answer.</summary>
    public long Pairs { get; private set; }

    /// <summary>Rows without an image.</summary>
    public long TextRows { get; private set; }

    /// <summary>Questions asked, earlier turns included.</summary>
    public long Turns { get; private set; }

    /// <summary>Images, those of several rows counted each time.</summary>
    public long Images { get; private set; }

    /// <summary>Different images.</summary>
    public long UniqueImages => _images.Count;

    /// <summary>Answers that say yes.</summary>
    public long Yes { get; private set; }

    /// <summary>Answers that say no.</summary>
    public long No { get; private set; }

    /// <summary>Rows that could not be encoded.</summary>
    public long NotEncoded { get; private set; }

    /// <summary>Rows with a side above the limit of tokens.</summary>
    public long TooLong { get; private set; }

    /// <summary>Words of the questions.</summary>
    public LengthDistribution QuestionWords { get; } = new();

    /// <summary>Words of the chosen answers, those of earlier turns included.</summary>
    public LengthDistribution ChosenWords { get; } = new();

    /// <summary>Words of the rejected answers.</summary>
    public LengthDistribution RejectedWords { get; } = new();

    /// <summary>Words of the chosen answer less those of the rejected one, row by row.</summary>
    public LengthDistribution WordDifference { get; } = new();

    /// <summary>Tokens of whole conversations that end with the chosen answer.</summary>
    public LengthDistribution Tokens { get; } = new();

    /// <summary>Trained tokens of the chosen side.</summary>
    public LengthDistribution TrainedTokens { get; } = new();

    /// <summary>Trained tokens of the rejected side.</summary>
    public LengthDistribution RejectedTokens { get; } = new();

    /// <summary>The questions.</summary>
    public FrequentTexts Questions { get; } = new(MostQuestions);

    /// <summary>Takes in a row.</summary>
    public void Add(DatasetRecord record)
    {
        Rows++;
        Pairs += record.Chosen is not null && record.Rejected is not null ? 1 : 0;
        TextRows += record.Images.Count == 0 ? 1 : 0;
        Images += record.Images.Count;
        foreach (DatasetImage image in record.Images)
        {
            _images.Add(ImageKey.Of(image));
        }

        (int yes, int no) = PolarAnswer.Count(record);
        Yes += yes;
        No += no;
        AddTexts(record);
        if (encoding is not null)
        {
            AddTokens(encoding, record);
        }
    }

    private void AddTexts(DatasetRecord record)
    {
        foreach (DatasetMessage message in record.Prompt.Where(message => message.Role == DatasetRole.Human))
        {
            string question = message.Text.Replace(ConversationTemplate.ImageMarker, "", StringComparison.Ordinal).Trim();
            Turns++;
            QuestionWords.Add(Words(question));
            Questions.Add(question);
        }

        foreach (DatasetMessage answer in record.Prompt.Concat(record.Chosen ?? []).Where(message => message.Role == DatasetRole.Assistant))
        {
            ChosenWords.Add(Words(answer.Text));
        }

        int? chosen = record.Chosen is null ? null : record.Chosen.Sum(message => Words(message.Text));
        int? rejected = record.Rejected is null ? null : record.Rejected.Sum(message => Words(message.Text));
        if (rejected is int other)
        {
            RejectedWords.Add(other);
        }

        if (chosen is int first && rejected is int second)
        {
            WordDifference.Add(first - second);
        }
    }

    private void AddTokens(DatasetEncoding meter, DatasetRecord record)
    {
        try
        {
            bool isLong = false;
            if (record.Chosen is { } chosen)
            {
                ConversationLength length = meter.Measure(record, chosen);
                Tokens.Add(length.Tokens);
                TrainedTokens.Add(length.TrainedTokens);
                isLong = length.Tokens > meter.Limit;
            }

            if (record.Rejected is { } rejected)
            {
                ConversationLength length = meter.Measure(record, rejected);
                RejectedTokens.Add(length.TrainedTokens);
                isLong |= length.Tokens > meter.Limit;
            }

            TooLong += isLong ? 1 : 0;
        }
        catch (UserInputException)
        {
            NotEncoded++;
        }
    }

    private static int Words(string text)
    {
        int count = 0;
        bool isInWord = false;
        foreach (char letter in text)
        {
            bool isSpace = char.IsWhiteSpace(letter);
            count += !isSpace && !isInWord ? 1 : 0;
            isInWord = !isSpace;
        }

        return count;
    }
}
