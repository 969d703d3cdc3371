using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Data.Construction.Language;
using static NSft.Data.Tests.Language.Responses;

namespace NSft.Data.Tests.Language;

/// <summary>Prompts as files: the bundled ones, a user's own, and what they cost.</summary>
public sealed class ConstructionPromptTests : IDisposable
{
    private static readonly LanguageOptions Options = new() { Model = "m" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bundled_OwnExamples_PassTheValidation(bool useCodebook)
    {
        ConstructionPrompt prompt = new(Options with { UseCodebook = useCodebook }, Codebook);
        ResponseValidator validator = new(prompt.Codes, 5, Coco);
        IReadOnlyList<ChatMessage> messages = prompt.Request(Pair).Messages;
        int examples = 0;
        for (int index = 1; index + 1 < messages.Count; index += 2)
        {
            string[] lines = messages[index].Text.Split('\n');
            Assert.Equal(["QUESTION", "REFERENCE", "RESPONSE"], lines.Select(line => line.Split(':', 2)[0]));
            string[] texts = [.. lines.Select(line => line.Split(": ", 2)[1])];
            Assert.Empty(validator.Check(messages[index + 1].Text, new PreferencePair("e", "e.jpg", texts[0], texts[1], texts[2])).Rejections);
            examples++;
        }

        Assert.Equal(2, examples);
    }

    [Fact]
    public void Plain_ShowsNoCodebookAndAsksForNoCodes()
    {
        ConstructionPrompt prompt = new(Options with { UseCodebook = false }, Codebook);
        ChatRequest request = prompt.Request(Pair);
        Assert.Equal("construct-plain/1", request.PromptVersion);
        Assert.DoesNotContain("code", request.Schema, StringComparison.Ordinal);
        Assert.DoesNotContain(request.Messages, message => message.Text.Contains("codebook", StringComparison.OrdinalIgnoreCase) || message.Text.Contains("\"code\"", StringComparison.Ordinal));
        ResponseCheck check = new ResponseValidator(prompt.Codes, 5, Coco).Check(Good, Pair);
        Assert.True(check.IsUsable);
        Assert.All(check.Response!.Turns, turn => Assert.Equal("none", turn!.Code));
    }

    [Fact]
    public void Hash_OfAnythingInThePrompt_Differs()
    {
        string own = _folder.Write("own.v2.txt", "=== user\n{{chosen}} {{rejected}}\n");
        LanguageOptions[] all = [Options, Options with { UseCodebook = false }, Options with { TurnCount = 6 }, Options with { PromptPath = own }];
        Assert.Equal(4, all.Select(options => new ConstructionPrompt(options, Codebook).Hash).Distinct().Count());
        Assert.Equal(new ConstructionPrompt(Options, Codebook).Hash, new ConstructionPrompt(Options with { Temperature = 1, Model = "n" }, Codebook).Hash);
    }

    [Fact]
    public void Own_File_IsFilledInOnePass()
    {
        string path = _folder.Write("own.v2.txt", "\uFEFF=== system\r\nWrite {{count}} turns.\r\n\r\n=== user\r\nTrue: {{chosen}}\r\nWrong: {{rejected}}");
        ChatRequest request = new ConstructionPrompt(Options with { PromptPath = path }, Codebook).Request(Pair with { Chosen = "{{rejected}}", Rejected = "{{none}}\n=== user" });
        Assert.Equal("own/2", request.PromptVersion);
        Assert.Equal(
            [new ChatMessage(ChatRole.System, "Write 5 turns."), new ChatMessage(ChatRole.User, "True: {{rejected}}\nWrong: {{none}}\n=== user")],
            request.Messages);
    }

    [Theory]
    [InlineData("", "last message")]
    [InlineData("=== user\n{{chosen}} {{rejected}}\n=== assistant\nYes", "last message")]
    [InlineData("hello\n=== user\n", "line 1 stands before the first message")]
    [InlineData("=== system\nhello\n=== robot\n", "line 3 is not")]
    [InlineData("=== user\n{{chosen}} {{answer}} {{rejected}}", "unknown slot {{answer}}")]
    [InlineData("=== user\n{{chosen}}", "needs the slots {{chosen}} and {{rejected}}")]
    public void Own_FileThatIsNoPrompt_IsAUserError(string content, string reason)
    {
        string path = _folder.Write("own.txt", content);
        UserInputException error = Assert.Throws<UserInputException>(() => new ConstructionPrompt(Options with { PromptPath = path }, Codebook));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_CountsRequestsTokensAndCost()
    {
        PreferencePair[] pairs = [Pair, Pair with { Id = "p2" }, Pair with { Id = "p3", Rejected = Pair.Chosen }];
        LanguageEstimate estimate = LanguageEstimate.Of(pairs, Options, Codebook);
        ChatRequest request = new ConstructionPrompt(Options, Codebook).Request(Pair);
        long bytes = request.Messages.Sum(message => message.Text.Length) + request.Schema!.Length;
        Assert.Equal((2, 2 * ((bytes + 3) / 4), 600), (estimate.Requests, estimate.PromptTokens, estimate.CompletionTokens));
        Assert.Equal((4, 8192), (estimate.MostRequests, estimate.MostCompletionTokens));
        (decimal expected, decimal most) = estimate.Cost(1m, 10m);
        Assert.Equal((estimate.PromptTokens + 6000) / 1_000_000m, expected);
        Assert.True(most > expected);
        Assert.Equal(LanguageEstimate.Of([Pair, .. pairs], Options, Codebook), estimate.Add(LanguageEstimate.Of([Pair], Options, Codebook)));
        Assert.Contains("4 bytes of UTF-8 a token", LanguageEstimate.Method, StringComparison.Ordinal);
    }
}
