using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Validation;
using NSft.Model.Configuration;
using NSft.Model.Conversation;
using NSft.Model.Tokenization;

namespace NSft.Client.Datasets;

/// <summary>Encodes rows with a model's tokenizer and template, as training does. Safe from any thread.</summary>
internal sealed class DatasetEncoding : IConversationMeter
{
    private readonly ConversationEncoder _encoder;

    private DatasetEncoding(SentencePieceTokenizer tokenizer, ConversationTemplate template, LlavaConfig config, int limit)
    {
        Tokenizer = tokenizer;
        Template = template.Name;
        Config = config;
        Limit = limit;
        _encoder = new ConversationEncoder(tokenizer, template, config, limit);
    }

    /// <summary>The model's tokenizer.</summary>
    public SentencePieceTokenizer Tokenizer { get; }

    /// <summary>Name of the template.</summary>
    public string Template { get; }

    /// <summary>The model's sizes.</summary>
    public LlavaConfig Config { get; }

    /// <inheritdoc/>
    public int Limit { get; }

    /// <summary>Loads what encoding needs of a model; its weights are not read.</summary>
    /// <param name="model">Model folder.</param>
    /// <param name="tokenizer">SentencePiece file.</param>
    /// <param name="template">Name or file of the template.</param>
    /// <param name="limit">Most tokens, or null for as many as LLaVA trains with, or the model's positions if fewer.</param>
    public static DatasetEncoding Load(string model, string tokenizer, string template, int? limit)
    {
        LlavaConfig config = LlavaConfig.Load(model);
        if (limit > config.Text.MaxPositions)
        {
            throw new UserInputException($"--max-length {limit}: the model in {model} has {config.Text.MaxPositions} positions; ask for no more");
        }

        int most = limit ?? Math.Min(EncodingOptions.DefaultMaxLength, config.Text.MaxPositions);
        return new DatasetEncoding(SentencePieceTokenizer.Load(tokenizer), ConversationTemplate.Load(template), config, most);
    }

    /// <summary>A row with one of its answers as ids and labels, however long.</summary>
    /// <exception cref="UserInputException">The row cannot be encoded; the message does not name it.</exception>
    public EncodedConversation Encode(DatasetRecord record, IReadOnlyList<DatasetMessage> answer)
    {
        if (record.Images.Count > 1)
        {
            throw new UserInputException($"the row has {record.Images.Count} images; the templates lay out one");
        }

        return _encoder.EncodeWhole(RecordTurns.Of(record, answer), record.Images.Count == 1);
    }

    /// <inheritdoc/>
    public ConversationLength Measure(DatasetRecord record, IReadOnlyList<DatasetMessage> answer)
    {
        EncodedConversation encoded = Encode(record, answer);
        int[] labels = encoded.Labels;
        int kept = labels.AsSpan(0, Math.Min(Limit, labels.Length)).Length - labels.AsSpan(0, Math.Min(Limit, labels.Length)).Count(LabelIds.Ignore);
        int imageEnd = record.Images.Count == 0 ? 0 : Array.LastIndexOf(encoded.Ids, Config.ImageTokenId) + 1;
        return new ConversationLength(labels.Length, record.Images.Count * Config.ImageTokenCount, labels.Length - labels.AsSpan().Count(LabelIds.Ignore), kept, imageEnd);
    }

    /// <summary>The piece that an id stands for, as a reader wants to see it.</summary>
    public string PieceOf(int id) =>
        id == Config.ImageTokenId ? ConversationTemplate.ImageMarker
        : id >= 0 && id < Tokenizer.PieceCount ? Tokenizer.PieceOf(id)
        : "?";
}
