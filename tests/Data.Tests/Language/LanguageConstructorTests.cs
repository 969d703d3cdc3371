using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Data.Tests.Chat;
using static NSft.Data.Tests.Language.Responses;

namespace NSft.Data.Tests.Language;

/// <summary>What becomes of a pair: a conversation, a repaired one, one by rules, or a dead letter.</summary>
public sealed class LanguageConstructorTests
{
    private static readonly LanguageOptions Options = new() { Model = "m", Seed = 5, Temperature = 0.1, MaxTokens = 700 };
    private static readonly string Bad = With("turns", 1, "answer", "Red.");

    [Fact]
    public async Task Construct_GoodResponse_BecomesAConversation()
    {
        ScriptedChat chat = new(Good);
        LanguageConstructor constructor = new(chat, Codebook, Options, lexicon: Coco);
        PairResult result = await Construct(constructor);
        Assert.Equal(("p1", "openai", false, false), (result.PairId, result.Constructor, result.IsRepaired, result.IsFallback));
        Assert.Null(result.DeadLetter);
        Assert.Empty(result.Rejections);
        Assert.Equal(new ChatUsage(1, 100, 10, 0), result.Usage);
        Assert.Equal(constructor.PromptHash, result.PromptHash);
        CorrectiveConversation made = result.Conversation!;
        Assert.Equal(("p1", "a.jpg", "openai", constructor.PromptHash), (made.PairId, made.Image, made.Constructor, made.PromptHash));
        Assert.Equal([ErrorKind.Attribute, ErrorKind.Count, ErrorKind.Invented], made.Errors);
        Assert.Equal(
            new CorrectiveTurn("Is there a bicycle in the image?", "No, there is no bicycle.", "existence", TurnPolarity.No, TurnKind.Correct) { Span = "a bicycle", Fact = "There is no bicycle." },
            made.Turns[0]);
        Assert.Equal(new CorrectiveTurn("Is there a cat in the image?", "Yes, there is a cat.", "existence", TurnPolarity.Yes, TurnKind.Confirm), made.Turns[4]);
        Assert.Equal(TurnPolarity.Open, made.Turns[3].Polarity);
    }

    [Fact]
    public async Task Construct_Request_CarriesPromptSchemaAndOptions()
    {
        ScriptedChat chat = new(Good);
        await Construct(new LanguageConstructor(chat, Codebook, Options));
        ChatRequest request = Assert.Single(chat.Requests);
        Assert.Equal(("m", "construct-vec/1", 5L, 0.1, 700, 0), (request.Model, request.PromptVersion, request.Seed, request.Temperature, request.MaxTokens, request.Sample));
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User, ChatRole.Assistant, ChatRole.User], request.Messages.Select(message => message.Role));
        Assert.Contains("- count (instance): A wrong number", request.Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal($"QUESTION: {Pair.Question}\nREFERENCE: {Pair.Chosen}\nRESPONSE: {Pair.Rejected}", request.Messages[^1].Text);
        Assert.DoesNotContain(request.Messages, message => message.Text.Contains("{{", StringComparison.Ordinal));
        using JsonDocument schema = JsonDocument.Parse(request.Schema!);
        JsonElement turn = schema.RootElement.GetProperty("properties").GetProperty("turns").GetProperty("items");
        Assert.Equal(["question", "answer", "code", "polarity", "kind", "error"], turn.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(Codebook.Entries.Select(entry => entry.Code), turn.GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(code => code.GetString()!));
    }

    [Fact]
    public async Task Construct_BadThenGood_IsRepairedWithTheListOfWhatIsWrong()
    {
        ScriptedChat chat = new(Bad, Good);
        PairResult result = await Construct(new LanguageConstructor(chat, Codebook, Options));
        Assert.True(result.IsRepaired);
        Assert.Equal([RejectionReason.Polarity], result.Rejections);
        Assert.Equal(new ChatUsage(2, 200, 20, 0), result.Usage);
        Assert.Equal(5, result.Conversation!.Turns.Count);
        ChatRequest repair = chat.Requests.Last();
        Assert.Equal(8, repair.Messages.Count);
        Assert.Equal(new ChatMessage(ChatRole.Assistant, Bad), repair.Messages[6]);
        Assert.Contains("- turns[1]: the answer does not start as the polarity \"yes\" says", repair.Messages[7].Text, StringComparison.Ordinal);
        Assert.Equal("construct-vec/1+repair/1", repair.PromptVersion);
        Assert.NotNull(repair.Schema);
    }

    [Fact]
    public async Task Construct_BadTwice_IsADeadLetterAndKeepsNoGoodTurn()
    {
        PairResult result = await Construct(new LanguageConstructor(new ScriptedChat(Bad, "no idea"), Codebook, Options));
        Assert.Null(result.Conversation);
        Assert.Equal(("p1", 7, RejectionReason.NotJson), (result.DeadLetter!.PairId, result.DeadLetter.Row, result.DeadLetter.Reason));
        Assert.Contains("no valid JSON object", result.DeadLetter.Message, StringComparison.Ordinal);
        Assert.Equal([RejectionReason.Polarity, RejectionReason.NotJson], result.Rejections);
        Assert.Equal(2, result.Usage.Requests);
    }

    [Fact]
    public async Task Construct_Truncated_IsRepaired()
    {
        ScriptedChat chat = new(new ChatReply("", "m", true, new ChatUsage(1, 9, 700, 0)), Good);
        PairResult result = await Construct(new LanguageConstructor(chat, Codebook, Options));
        Assert.Equal([RejectionReason.Truncated], result.Rejections);
        Assert.True(result.IsRepaired);
        Assert.Equal("(empty)", chat.Requests.Last().Messages[^2].Text);
    }

    [Fact]
    public async Task Construct_BadTwiceWithRules_FallsBack()
    {
        LanguageOptions options = Options with { Fallback = LanguageFallback.Rules };
        PairResult result = await Construct(new LanguageConstructor(new ScriptedChat(Bad, Bad), Codebook, options, Rules(Pair)));
        Assert.Equal(("rules", true, false), (result.Constructor, result.IsFallback, result.IsRepaired));
        Assert.Null(result.DeadLetter);
        Assert.Null(result.PromptHash);
        Assert.Equal("rules", result.Conversation!.Constructor);
        Assert.NotEmpty(result.Conversation.Turns);
        Assert.Equal([RejectionReason.Polarity, RejectionReason.Polarity], result.Rejections);
        Assert.Equal(2, result.Usage.Requests);
    }

    [Fact]
    public async Task Construct_RulesFindNothing_IsADeadLetter()
    {
        PreferencePair pair = new("p", "a.jpg", "Describe the mood of this scene in detail.", "It is calm and quiet, as before a journey.", "It is loud and cheerful, as at a feast.");
        LanguageOptions options = Options with { Fallback = LanguageFallback.Rules };
        PairResult result = await new LanguageConstructor(new ScriptedChat("", ""), Codebook, options, Rules(pair)).ConstructAsync(pair, TestContext.Current.CancellationToken);
        Assert.Equal(RejectionReason.NotJson, result.DeadLetter?.Reason);
        Assert.False(result.IsFallback);
        Assert.NotNull(result.PromptHash);
    }

    [Theory]
    [InlineData(ChatFailureKind.RateLimited, "ratelimited", false)]
    [InlineData(ChatFailureKind.Server, "server", false)]
    [InlineData(ChatFailureKind.Timeout, "timeout", false)]
    [InlineData(ChatFailureKind.Connection, "connection", false)]
    [InlineData(ChatFailureKind.Malformed, "malformed", false)]
    [InlineData(ChatFailureKind.Refused, "refused", true)]
    [InlineData(ChatFailureKind.Filtered, "filtered", true)]
    public async Task Construct_Failure_IsADeadLetterAndRulesHelpOnlyForGood(ChatFailureKind kind, string reason, bool fallsBack)
    {
        ChatException failure = new(kind, "what happened");
        PairResult result = await Construct(new LanguageConstructor(new ScriptedChat(Bad, failure), Codebook, Options));
        Assert.Equal(new DeadLetter("p1", 7, reason, "what happened"), result.DeadLetter);
        Assert.Equal([RejectionReason.Polarity], result.Rejections);
        Assert.Equal(1, result.Usage.Requests);
        LanguageConstructor withRules = new(new ScriptedChat(failure), Codebook, Options with { Fallback = LanguageFallback.Rules }, Rules(Pair));
        Assert.Equal(fallsBack, (await Construct(withRules)).IsFallback);
    }

    [Theory]
    [InlineData(ChatFailureKind.Unauthorized)]
    [InlineData(ChatFailureKind.QuotaSpent)]
    [InlineData(ChatFailureKind.BudgetSpent)]
    public async Task Construct_FailureOfTheJob_IsThrown(ChatFailureKind kind)
    {
        LanguageConstructor constructor = new(new ScriptedChat(new ChatException(kind, "over")), Codebook, Options with { Fallback = LanguageFallback.Rules }, Rules(Pair));
        Assert.Equal(kind, (await Assert.ThrowsAsync<ChatException>(() => Construct(constructor).AsTask())).Kind);
    }

    [Fact]
    public async Task Construct_OverHttp_RepairsAndCountsWhatTheServerCounted()
    {
        int answered = 0;
        await using ScriptedChatServer server = new(_ => ScriptedChatServer.Completion(Interlocked.Increment(ref answered) == 1 ? "Certainly!" : $"```json\n{Good}\n```"));
        OpenAiChatModel model = new(new ChatEndpoint(server.BaseUrl, "", TimeSpan.FromSeconds(60)));
        PairResult result = await Construct(new LanguageConstructor(model, Codebook, Options, lexicon: Coco));
        Assert.True(result.IsRepaired);
        Assert.Equal(new ChatUsage(2, 22, 14, 0), result.Usage);
        Assert.Contains("Certainly!", server.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Construct_Cancelled_IsThrown()
    {
        LanguageConstructor constructor = new(new ScriptedChat(Good), Codebook, Options);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => constructor.ConstructAsync(Pair, new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task Construct_EqualAnswers_AskNobody()
    {
        PairResult result = await new LanguageConstructor(new ScriptedChat(), Codebook, Options).ConstructAsync(Pair with { Rejected = Pair.Chosen.ToUpperInvariant() }, TestContext.Current.CancellationToken);
        Assert.Empty(result.Conversation!.Turns);
        Assert.Equal(ChatUsage.None, result.Usage);
    }

    [Fact]
    public async Task Construct_DeniedObject_IsMissedAndOwnCodesAreOther()
    {
        PreferencePair pair = Pair with { Rejected = "There is no cat. The couch is of Swedish make." };
        string text = With(response =>
        {
            response["errors"]![0]!["code"] = "existence";
            response["errors"]![0]!["span"] = "no cat";
            response["errors"]![1]!["code"] = "other";
            response["errors"]![1]!["span"] = "Swedish";
            response["errors"]!.AsArray().RemoveAt(2);
            response["turns"]![0] = Turn("Is there a cat in the image?", "Yes, there is a cat.", "existence", "yes", 0);
            response["turns"]![1]!["kind"] = "confirm";
            response["turns"]![2]!["kind"] = "confirm";
            response["turns"]![4] = Turn("Is there a dog in the image?", "Yes, there is a dog.", "existence", "yes", null);
        });
        LanguageConstructor constructor = new(new ScriptedChat(text), Codebook, Options, lexicon: Coco);
        PairResult result = await constructor.ConstructAsync(pair, TestContext.Current.CancellationToken);
        Assert.Equal([ErrorKind.Missed, ErrorKind.Other], result.Conversation!.Errors);
    }

    [Fact]
    public async Task Hybrid_RulesFindErrors_PaysForNothing()
    {
        HybridConstructor hybrid = new(Rules(Pair), new LanguageConstructor(new ScriptedChat(), Codebook, Options));
        PairResult result = await hybrid.ConstructAsync(Pair, TestContext.Current.CancellationToken);
        Assert.Equal("rules", result.Constructor);
        Assert.NotEmpty(result.Conversation!.Errors);
        Assert.False(hybrid.NeedsLanguage(Pair));
    }

    [Fact]
    public async Task Hybrid_RulesFindNothing_AsksTheModel()
    {
        PreferencePair pair = Pair with { Rejected = "A cat sleeps on a red couch next to a dog, dreaming of Paris." };
        string text = With(response =>
        {
            response["errors"]!.AsArray().Clear();
            response["no_error"] = true;
            response["turns"]!.AsArray().ToList().ForEach(turn => (turn!["kind"], turn["error"]) = ("confirm", null));
        });
        HybridConstructor hybrid = new(Rules(pair), new LanguageConstructor(new ScriptedChat(text), Codebook, Options, lexicon: Coco));
        Assert.True(hybrid.NeedsLanguage(pair));
        PairResult result = await hybrid.ConstructAsync(pair, TestContext.Current.CancellationToken);
        Assert.Equal(("openai", 5), (result.Constructor, result.Conversation!.Turns.Count));
    }

    [Fact]
    public async Task Rules_FromManyThreads_AnswerAsAlone()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 200).Select(index => Pair with { Id = $"p{index}" })];
        RulePairConstructor rules = Rules(pairs);
        PairResult[] results = await Task.WhenAll(pairs.Select(pair => Task.Run(() => rules.ConstructAsync(pair, TestContext.Current.CancellationToken).AsTask(), TestContext.Current.CancellationToken)));
        RulePairConstructor alone = Rules(pairs);
        Assert.All(results.Zip(pairs), item => Assert.Equal(alone.Construct(item.Second).Conversation!.Turns, item.First.Conversation!.Turns));
    }

    [Fact]
    public void Options_OutOfRange_AreUserErrors()
    {
        Refused(Options with { Model = " " }, "no model is named");
        Refused(Options with { TurnCount = 0 }, "TurnCount is 0, not 1 to 20");
        Refused(Options with { Temperature = double.NaN }, "Temperature is NaN, not 0 to 2");
        Refused(Options with { MaxTokens = 10 }, "MaxTokens is 10, not 64 to 100000");
        Assert.Throws<ArgumentException>(() => new LanguageConstructor(new ScriptedChat(), Codebook, Options with { Fallback = LanguageFallback.Rules }));
    }

    [Fact]
    public async Task File_ConversationWithOpenTurns_IsWrittenAndReadBack()
    {
        using TemporaryFolder folder = new();
        LanguageConstructor constructor = new(new ScriptedChat(Good), Codebook, Options);
        CorrectiveConversation made = (await Construct(constructor)).Conversation!;
        string path = Path.Combine(folder.Root, "corrective.json");
        CorrectiveFile.Write(path, [made], new ConstructionProvenance(ConstructorName.Hybrid, Codebook.Hash, Coco.Hash, "data.json"));
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        JsonElement row = document.RootElement[0];
        Assert.Equal(10, row.GetProperty("conversations").GetArrayLength());
        JsonElement meta = row.GetProperty("meta");
        Assert.Equal(("openai", constructor.PromptHash), (meta.GetProperty("constructor").GetString(), meta.GetProperty("prompt").GetString()));
        Assert.Equal(["no", "yes", "no", "open", "yes"], meta.GetProperty("polarity").EnumerateArray().Select(value => value.GetString()!));
        ConstructionSummary summary = ConstructionSummary.Of([made]);
        Assert.Equal((1, 0.5), (summary.TurnsByPolarity["open"], summary.YesShare));
    }

    private static void Refused(LanguageOptions options, string message) => Assert.Contains(
        message, Assert.Throws<UserInputException>(() => new LanguageConstructor(new ScriptedChat(), Codebook, options)).Message, StringComparison.Ordinal);

    private static ValueTask<PairResult> Construct(LanguageConstructor constructor) => constructor.ConstructAsync(Pair, TestContext.Current.CancellationToken);

    private static RulePairConstructor Rules(params PreferencePair[] pairs) =>
        new(new RuleConstructor(Codebook, Coco, new ConstructionOptions(), ConstructionStatistics.Gather(pairs, Coco)));
}
