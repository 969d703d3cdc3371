using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NSft.Data.Construction;

/// <summary>Writes constructed conversations as LLaVA conversation JSON with their provenance under <c>meta</c>.</summary>
public static class CorrectiveFile
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all conversations that have turns, in order; the file appears whole or not at all.</summary>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IEnumerable<CorrectiveConversation> conversations, ConstructionProvenance provenance) =>
        LlavaConversationWriter.Write(path, conversations.Where(conversation => conversation.Turns.Count > 0).Select(conversation => ToRow(conversation, provenance)));

    /// <summary>A conversation as a row to train on.</summary>
    /// <param name="conversation">A conversation with at least one turn.</param>
    /// <param name="provenance">Where it comes from.</param>
    public static SupervisedRow ToRow(CorrectiveConversation conversation, ConstructionProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(provenance);
        IReadOnlyList<CorrectiveTurn> turns = conversation.Turns;
        JsonObject meta = new()
        {
            ["pair_id"] = conversation.PairId,
            ["constructor"] = conversation.Constructor ?? provenance.Constructor,
            ["codebook"] = provenance.CodebookHash,
            ["lexicon"] = provenance.LexiconHash,
            ["source"] = provenance.Source,
            ["errors"] = List(conversation.Errors, error => ConstructionName.Of(error)),
            ["codes"] = List(turns, turn => turn.Code),
            ["polarity"] = List(turns, turn => ConstructionName.Of(turn.Polarity)),
            ["kinds"] = List(turns, turn => ConstructionName.Of(turn.Kind)),
            ["spans"] = List(turns, turn => turn.Span),
            ["facts"] = List(turns, turn => turn.Fact),
        };
        if (conversation.PromptHash is string prompt)
        {
            meta["prompt"] = prompt;
            meta["prompt_version"] = provenance.PromptVersion;
            meta["model"] = provenance.Model;
        }

        return new SupervisedRow(conversation.PairId, conversation.Image, [.. turns.Select(turn => new DialogueTurn(turn.Question, turn.Answer))])
        {
            Extensions = new Dictionary<string, string>(StringComparer.Ordinal) { ["meta"] = meta.ToJsonString(Json) },
        };
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, string?> text) => [.. items.Select(item => (JsonNode?)text(item))];
}
