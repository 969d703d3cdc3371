using NSft.Collectives;
using NSft.Model.Configuration;
using NSft.Model.Tokenization;

namespace NSft.Model.Conversation;

/// <summary>Turns conversations into ids and labels, segment by segment: trained are the answers and the id that ends each. Safe from any thread.</summary>
public sealed class ConversationEncoder
{
    /// <summary>Ids that a checkpoint may have added between the tokenizer's last piece and the image token.</summary>
    private const int LargestAddedGap = 64;

    private readonly ITokenizer _tokenizer;
    private readonly ConversationTemplate _template;
    private readonly LlavaConfig _config;
    private readonly int _maxLength;

    /// <summary>Joins a tokenizer and a template to a model.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="template">The layout.</param>
    /// <param name="config">The model's sizes and image token.</param>
    /// <param name="maxLength">Most ids of one conversation, image tokens counted; at most the model's positions.</param>
    /// <exception cref="UserInputException">The tokenizer is not the model's, or the limit is above the model's positions.</exception>
    public ConversationEncoder(ITokenizer tokenizer, ConversationTemplate template, LlavaConfig config, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(config);
        CheckTokenizer(tokenizer, config);
        if (maxLength < 1 || maxLength > config.Text.MaxPositions)
        {
            throw new UserInputException($"the length limit {maxLength} is not within 1 and the model's {config.Text.MaxPositions} positions.");
        }

        _tokenizer = tokenizer;
        _template = template;
        _config = config;
        _maxLength = maxLength;
    }

    /// <summary>Encodes a conversation.</summary>
    /// <param name="turns">At least one; only the last may lack an answer.</param>
    /// <param name="hasImage">Whether an image belongs to the first question.</param>
    /// <exception cref="UserInputException">A turn is empty, image markers do not fit the image, or the result is above the limit; the message does not know the row.</exception>
    public EncodedConversation Encode(IReadOnlyList<ConversationTurn> turns, bool hasImage)
    {
        EncodedConversation whole = EncodeWhole(turns, hasImage);
        if (whole.Ids.Length > _maxLength)
        {
            string images = hasImage ? $", {_config.ImageTokenCount} of them for the image" : "";
            throw new UserInputException($"the conversation has {whole.Ids.Length} tokens{images}; the limit is {_maxLength}.");
        }

        return whole;
    }

    /// <summary>Encodes a conversation of any length, to see how long it is and what a limit would cut.</summary>
    /// <param name="turns">At least one; only the last may lack an answer.</param>
    /// <param name="hasImage">Whether an image belongs to the first question.</param>
    /// <exception cref="UserInputException">A turn is empty, or image markers do not fit the image; the message does not know the row.</exception>
    public EncodedConversation EncodeWhole(IReadOnlyList<ConversationTurn> turns, bool hasImage)
    {
        ArgumentNullException.ThrowIfNull(turns);
        CheckTurns(turns, hasImage);
        var ids = new List<int> { _tokenizer.BosId };
        var labels = new List<int> { LabelIds.Ignore };
        for (int i = 0; i < turns.Count; i++)
        {
            IReadOnlyList<TemplateSegment> segments = i > 0 ? _template.FurtherTurn : hasImage ? _template.FirstTurnWithImage : _template.FirstTurn;
            AddQuestion(segments, PlainQuestion(turns[i].Question), ids);
            labels.AddRange(Enumerable.Repeat(LabelIds.Ignore, ids.Count - labels.Count));
            if (turns[i].Answer is { } answer)
            {
                ids.AddRange(_tokenizer.Encode(answer));
                ids.Add(_tokenizer.EosId);
                labels.AddRange(ids[labels.Count..]);
            }
        }

        return new EncodedConversation([.. ids], [.. labels]);
    }

    private void AddQuestion(IReadOnlyList<TemplateSegment> segments, string question, List<int> ids)
    {
        foreach (TemplateSegment segment in segments)
        {
            if (segment.IsImage)
            {
                ids.AddRange(Enumerable.Repeat(_config.ImageTokenId, _config.ImageTokenCount));
            }
            else
            {
                string text = segment.Fill(question);
                ids.AddRange(segment.Continues ? _tokenizer.EncodeContinuation(text) : _tokenizer.Encode(text));
            }
        }
    }

    /// <summary>A question without its image marker and the white space around it, as LLaVA normalises it.</summary>
    private static string PlainQuestion(string question)
        => question.Contains(ConversationTemplate.ImageMarker, StringComparison.Ordinal)
            ? question.Replace(ConversationTemplate.ImageMarker, "", StringComparison.Ordinal).Trim()
            : question;

    private static void CheckTurns(IReadOnlyList<ConversationTurn> turns, bool hasImage)
    {
        if (turns.Count == 0)
        {
            throw new UserInputException("the conversation has no turns.");
        }

        for (int i = 0; i < turns.Count; i++)
        {
            int markers = turns[i].Question.Split(ConversationTemplate.ImageMarker).Length - 1;
            if (markers > (hasImage && i == 0 ? 1 : 0))
            {
                string allowed = hasImage ? "the one image belongs to the first question, once" : "there is no image";
                throw new UserInputException($"question {i + 1} has {markers} {ConversationTemplate.ImageMarker} markers, but {allowed}.");
            }

            if (turns[i].Answer is null ? i < turns.Count - 1 : string.IsNullOrWhiteSpace(turns[i].Answer))
            {
                throw new UserInputException($"answer {i + 1} is empty.");
            }
        }
    }

    private static void CheckTokenizer(ITokenizer tokenizer, LlavaConfig config)
    {
        int gap = config.ImageTokenId - tokenizer.PieceCount;
        if (tokenizer.PieceCount > config.Text.VocabularySize || gap is < 0 or > LargestAddedGap)
        {
            throw new UserInputException(
                $"the tokenizer is not the model's: it has {tokenizer.PieceCount} pieces, the model {config.Text.VocabularySize} rows with the image token at {config.ImageTokenId}.");
        }

        if (tokenizer.BosId != config.Text.BosTokenId || tokenizer.EosId != config.Text.EosTokenId)
        {
            throw new UserInputException(
                $"the tokenizer is not the model's: its opening and ending ids are {tokenizer.BosId} and {tokenizer.EosId}, the model's {config.Text.BosTokenId} and {config.Text.EosTokenId}.");
        }
    }
}
