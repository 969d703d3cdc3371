using NSft.Data.Chat;

namespace NSft.Data.Construction.Language;

/// <summary>The constructor G by a language model: a prompt with the codebook, a response by schema, one repair, then rules or a dead letter.</summary>
/// <remarks>A response is used as a whole or not at all: the good turns of a bad response are never kept. Source: arXiv:2411.14797.</remarks>
public sealed class LanguageConstructor : IPairConstructor
{
    private const int MostQuoted = 3;

    private readonly IChatModel _chat;
    private readonly ConstructionPrompt _prompt;
    private readonly ResponseValidator _validator;
    private readonly RulePairConstructor? _fallback;

    /// <summary>A constructor over a chat model.</summary>
    /// <param name="chat">The model.</param>
    /// <param name="codebook">Kinds of errors that the prompt shows.</param>
    /// <param name="options">How it constructs.</param>
    /// <param name="fallback">The rules; needed when the options fall back to them.</param>
    /// <param name="lexicon">Words for the check of responses against chosen answers; null for no such check.</param>
    /// <exception cref="Collectives.UserInputException">An option is out of range, or the prompt's file is wrong.</exception>
    public LanguageConstructor(IChatModel chat, VisionErrorCodebook codebook, LanguageOptions options, RulePairConstructor? fallback = null, Lexicon? lexicon = null)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentNullException.ThrowIfNull(codebook);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Fallback == LanguageFallback.Rules && fallback is null)
        {
            throw new ArgumentException("a fallback to rules needs the rules", nameof(fallback));
        }

        _chat = chat;
        _prompt = new ConstructionPrompt(options, codebook);
        _validator = new ResponseValidator(_prompt.Codes, options.TurnCount, lexicon);
        _fallback = options.Fallback == LanguageFallback.Rules ? fallback : null;
    }

    /// <inheritdoc/>
    public string Name => ConstructorName.OpenAi;

    /// <summary>SHA-256 over all of the prompt that is the same for every pair, lower-case hexadecimal.</summary>
    public string PromptHash => _prompt.Hash;

    /// <summary>Name and version of the prompt, such as <c>construct-vec/1</c>.</summary>
    public string PromptVersion => _prompt.Version;

    /// <summary>What the model is asked first for a pair; its key tells whether the answer is stored already.</summary>
    public ChatRequest RequestOf(PreferencePair pair) => _prompt.Request(pair);

    /// <inheritdoc/>
    public async ValueTask<PairResult> ConstructAsync(PreferencePair pair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        PairResult result = new(pair.Id, Name) { PromptHash = PromptHash };
        if (AnswerText.AreEqual(pair.Chosen, pair.Rejected))
        {
            // Two equal answers have no error between them: nothing to ask for.
            return result with { Conversation = new CorrectiveConversation(pair.Id, pair.Image, [], []) };
        }

        ChatRequest request = _prompt.Request(pair);
        for (bool isRepair = false; ; isRepair = true)
        {
            ChatReply reply;
            try
            {
                reply = await _chat.CompleteAsync(request, cancellationToken);
            }
            catch (ChatException failure) when (!failure.EndsJob)
            {
                DeadLetter letter = new(pair.Id, pair.Row, ConstructionName.Of(failure.Kind), failure.Message);
                return failure.IsPassing ? result with { DeadLetter = letter } : GiveUp(pair, result, letter);
            }

            ResponseCheck check = _validator.Check(reply, pair);
            result = result with { Usage = result.Usage.Add(reply.Usage), Rejections = [.. result.Rejections, .. check.Rejections.Select(rejection => rejection.Reason)] };
            if (check.IsUsable)
            {
                CorrectiveConversation made = ConversationBuilder.Build(pair, check.Response!) with { Constructor = Name, PromptHash = PromptHash };
                return result with { Conversation = made, IsRepaired = isRepair };
            }

            if (isRepair)
            {
                string quoted = string.Join("; ", check.Rejections.Take(MostQuoted).Select(rejection => rejection.Message));
                return GiveUp(pair, result, new DeadLetter(pair.Id, pair.Row, check.Rejections[0].Reason, $"the response cannot be used, nor its repair: {quoted}"));
            }

            request = _prompt.Repair(request, reply.Text, check.Rejections);
        }
    }

    // A failure that passes is never covered up by rules: the pair can be replayed. Rules that find no turn are no help either.
    private PairResult GiveUp(PreferencePair pair, PairResult result, DeadLetter letter)
    {
        CorrectiveConversation? ruled = _fallback?.Construct(pair).Conversation;
        return ruled is { Turns.Count: > 0 }
            ? result with { Conversation = ruled, Constructor = ConstructorName.Rules, IsFallback = true, PromptHash = null }
            : result with { DeadLetter = letter };
    }
}
