using System.Runtime.InteropServices;
using System.Text.Json;
using NSft.Collectives;
using NSft.Model.Configuration;
using NSft.Model.Conversation;
using NSft.Model.Serialization;
using NSft.Model.Tokenization;
using NSft.Tests;

namespace NSft.Model.Tests.Conversation;

public class ConversationTests
{
    private const string FirstQuestion = "Is there a red truck in the image?";
    private const string FirstAnswer = "Yes, there is a red truck.";
    private const string SecondQuestion = "How many cups are in the picture?";
    private const string SecondAnswer = "There are 3 cups next to the lamp.";
    private static readonly string Fixture = RepositoryPaths.At("tests", "fixtures", "llava-tiny");
    private static readonly SentencePieceTokenizer Tokenizer = SentencePieceTokenizer.Load(Path.Combine(Fixture, "tokenizer.model"));
    private static readonly LlavaConfig Config = LlavaConfig.Load(Path.Combine(Fixture, "model"));

    [Fact]
    public void Encode_PromptsOfGenerateFixture_AgreeExactly()
    {
        ConversationEncoder encoder = Encoder("scenes");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Fixture, "generate_expected.json")));
        foreach (JsonElement row in expected.RootElement.EnumerateArray())
        {
            EncodedConversation prompt = encoder.Encode([new(row.GetProperty("question").GetString()!, null)], hasImage: true);

            Assert.Equal(row.GetProperty("prompt_ids").EnumerateArray().Select(id => id.GetInt32()), prompt.Ids);
            Assert.Equal(0, prompt.LabelCount);
        }
    }

    [Fact]
    public void Encode_RowsOfForwardFixture_HaveItsIdsAndLabels()
    {
        ConversationEncoder encoder = Encoder("scenes");
        ConversationTurn[] rows = [new(FirstQuestion, FirstAnswer), new(SecondQuestion, SecondAnswer), new("Is this a cookbook?", "No.")];
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(Fixture, "forward_expected.safetensors"));
        TensorEntry entry = expected.Entries["input_ids"];
        int width = (int)entry.Shape[1];
        long[] ids = MemoryMarshal.Cast<byte, long>(expected.Bytes(entry)).ToArray();
        long[] labels = MemoryMarshal.Cast<byte, long>(expected.Bytes(expected.Entries["labels"])).ToArray();
        for (int row = 0; row < rows.Length; row++)
        {
            EncodedConversation encoded = encoder.Encode([rows[row]], hasImage: true);
            IEnumerable<int> paddedIds = encoded.Ids.Concat(Enumerable.Repeat(Config.PadTokenId, width - encoded.Ids.Length));
            IEnumerable<int> paddedLabels = encoded.Labels.Concat(Enumerable.Repeat(LabelIds.Ignore, width - encoded.Ids.Length));

            Assert.Equal(ids[(row * width)..((row + 1) * width)].Select(id => (int)id), paddedIds);
            Assert.Equal(labels[(row * width)..((row + 1) * width)].Select(label => (int)label), paddedLabels);
        }
    }

    [Fact]
    public void Encode_ScenesFollowUpTurn_IsTokenisedOnItsOwn()
    {
        EncodedConversation encoded = Encoder("scenes").Encode([new(FirstQuestion, FirstAnswer), new(SecondQuestion, SecondAnswer)], hasImage: true);

        int[] expected =
        [
            1, .. Tokenizer.Encode("USER:"), .. Image(), .. Tokenizer.Encode("\n" + FirstQuestion + " ASSISTANT:"), .. Tokenizer.Encode(FirstAnswer), 2,
            .. Tokenizer.Encode("USER: " + SecondQuestion + " ASSISTANT:"), .. Tokenizer.Encode(SecondAnswer), 2,
        ];
        Assert.Equal(expected, encoded.Ids);
    }

    [Theory]
    [InlineData("vicuna_v1", "user")]
    [InlineData("llava_v1", "human")]
    public void Encode_LlavaTemplates_EqualWholeStringsSplitAtTheImage(string name, string who)
    {
        string system = $"A chat between a curious {who} and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the {who}'s questions.";
        EncodedConversation encoded = Encoder(name).Encode([new("<image>\n" + FirstQuestion, FirstAnswer), new(SecondQuestion, SecondAnswer)], hasImage: true);

        int[] expected =
        [
            1, .. Tokenizer.Encode(system + " USER: "), .. Image(), .. Tokenizer.Encode("\n" + FirstQuestion + " ASSISTANT: " + FirstAnswer), 2,
            .. Tokenizer.EncodeContinuation("USER: " + SecondQuestion + " ASSISTANT: " + SecondAnswer), 2,
        ];
        Assert.Equal(expected, encoded.Ids);
        Assert.Equal(" " + FirstAnswer + " " + SecondAnswer, " " + Tokenizer.Decode(encoded.Labels.Where(label => label != LabelIds.Ignore)));
        Assert.Equal(2, encoded.Labels.Count(label => label == 2));
    }

    [Theory]
    [InlineData("vicuna_v1")]
    [InlineData("llava_v1")]
    public void Encode_LlavaTemplatesWithoutImage_EqualTheWholeString(string name)
    {
        ConversationTemplate template = ConversationTemplate.Load(name);
        string system = template.FirstTurn[0].Text.Split(" USER: ")[0];
        EncodedConversation encoded = Encoder(name).Encode([new(FirstQuestion, FirstAnswer)], hasImage: false);

        Assert.Equal([1, .. Tokenizer.Encode($"{system} USER: {FirstQuestion} ASSISTANT: {FirstAnswer}"), 2], encoded.Ids);
    }

    [Fact]
    public void Encode_Hf_PutsASpacePieceOnBothSidesOfTheImage()
    {
        int space = Tokenizer.Encode(" ")[0];
        EncodedConversation prompt = Encoder("hf").Encode([new(FirstQuestion, null)], hasImage: true);

        int image = Array.IndexOf(prompt.Ids, Config.ImageTokenId);
        Assert.Equal([1, .. Tokenizer.Encode("USER:"), space], prompt.Ids[..image]);
        Assert.Equal([space, .. Tokenizer.EncodeContinuation("\n" + FirstQuestion + " ASSISTANT:")], prompt.Ids[(image + Config.ImageTokenCount)..]);
    }

    [Theory]
    [InlineData("scenes")]
    [InlineData("hf")]
    [InlineData("vicuna_v1")]
    [InlineData("llava_v1")]
    public void Encode_AnyTemplate_TrainsAnswersAndTheirEndOnly(string name)
    {
        EncodedConversation encoded = Encoder(name).Encode([new(FirstQuestion, FirstAnswer), new(SecondQuestion, SecondAnswer)], hasImage: true);

        int[] trained = [.. Tokenizer.Encode(FirstAnswer), 2, .. Tokenizer.Encode(SecondAnswer), 2];
        Assert.Equal(trained, encoded.Labels.Where(label => label != LabelIds.Ignore));
        Assert.All(encoded.Labels.Zip(encoded.Ids), pair => Assert.True(pair.First == LabelIds.Ignore || pair.First == pair.Second));
        Assert.Equal(Config.ImageTokenCount, encoded.Ids.Count(id => id == Config.ImageTokenId));
    }

    [Fact]
    public void Encode_OverTheLimit_SaysLengths()
    {
        ConversationTurn[] turns = [new(FirstQuestion, FirstAnswer)];
        int length = Encoder("scenes").Encode(turns, hasImage: true).Ids.Length;
        var exact = new ConversationEncoder(Tokenizer, ConversationTemplate.Load("scenes"), Config, length);
        var tooShort = new ConversationEncoder(Tokenizer, ConversationTemplate.Load("scenes"), Config, length - 1);

        Assert.Equal(length, exact.Encode(turns, hasImage: true).Ids.Length);
        Assert.Equal($"the conversation has {length} tokens, 16 of them for the image; the limit is {length - 1}.", Refused(tooShort, true, turns));
    }

    [Fact]
    public void Encode_WhatCannotBeEncoded_IsRefused()
    {
        ConversationEncoder encoder = Encoder("scenes");
        Assert.Contains("no turns", Refused(encoder, true), StringComparison.Ordinal);
        Assert.Contains("answer 1 is empty", Refused(encoder, true, new ConversationTurn("q", " ")), StringComparison.Ordinal);
        Assert.Contains("answer 1 is empty", Refused(encoder, true, new("q", null), new("q", "a")), StringComparison.Ordinal);
        Assert.Contains("2 <image> markers", Refused(encoder, true, new ConversationTurn("<image> <image> q", "a")), StringComparison.Ordinal);
        Assert.Contains("there is no image", Refused(encoder, false, new ConversationTurn("<image> q", "a")), StringComparison.Ordinal);
        Assert.Contains("question 2", Refused(encoder, true, new("q", "a"), new("<image> q", "a")), StringComparison.Ordinal);
    }

    [Fact]
    public void Construct_TokenizerOfAnotherModel_IsRefused()
    {
        SentencePieceTokenizer scenes = SentencePieceTokenizer.Load(RepositoryPaths.At("samples", "scenes", "tokenizer.model"));
        LlavaConfig scenesConfig = LlavaConfig.Load(RepositoryPaths.At("samples", "scenes", "model"));
        ConversationTemplate template = ConversationTemplate.Load("scenes");

        Assert.Contains("448 pieces", Assert.Throws<UserInputException>(() => new ConversationEncoder(scenes, template, Config, 512)).Message, StringComparison.Ordinal);
        Assert.Contains("640 pieces", Assert.Throws<UserInputException>(() => new ConversationEncoder(Tokenizer, template, scenesConfig, 512)).Message, StringComparison.Ordinal);
        Assert.Contains("512 positions", Assert.Throws<UserInputException>(() => new ConversationEncoder(Tokenizer, template, Config, 513)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_ListsTheFourTemplates()
        => Assert.Equal(["hf", "llava_v1", "scenes", "vicuna_v1"], ConversationTemplate.Names());

    [Fact]
    public void Load_TemplateFile_FollowsIt()
    {
        using var folder = new TemporaryFolder();
        string path = folder.WriteText("own.json", """
            { "name": "own", "system": "", "user": "Q", "assistant": "A", "firstTurnWithImage": ["<image>", "{user} {question} {assistant}"],
              "firstTurn": ["{question}"], "furtherTurn": [{ "text": "{question}", "continues": true }] }
            """);
        var encoder = new ConversationEncoder(Tokenizer, ConversationTemplate.Load(path), Config, 512);

        Assert.Equal([1, .. Image(), .. Tokenizer.Encode("Q {user} A")], encoder.Encode([new("{user}", null)], hasImage: true).Ids);
    }

    [Theory]
    [InlineData("[]", "JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{ "name": "x" }""", "system must be a text")]
    [InlineData("""{ "name": "x", "system": "", "user": "", "assistant": "", "firstTurnWithImage": ["{question}"], "firstTurn": ["{question}"], "furtherTurn": ["{question}"] }""", "<image> once")]
    [InlineData("""{ "name": "x", "system": "", "user": "", "assistant": "", "firstTurnWithImage": ["<image>"], "firstTurn": ["{question}"], "furtherTurn": ["{question}"] }""", "0 times")]
    [InlineData("""{ "name": "x", "system": "", "user": "", "assistant": "", "firstTurnWithImage": ["<image>{question}"], "firstTurn": ["{question}"], "furtherTurn": ["{question}"] }""", "segment of its own")]
    public void Load_BadTemplateFile_SaysWhatIsWrong(string json, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.WriteText("bad.json", json);
        Assert.Contains(reason, Assert.Throws<UserInputException>(() => ConversationTemplate.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownName_ListsTheKnown()
        => Assert.Contains("hf, llava_v1, scenes, vicuna_v1", Assert.Throws<UserInputException>(() => ConversationTemplate.Load("chatml")).Message, StringComparison.Ordinal);

    private static IEnumerable<int> Image() => Enumerable.Repeat(Config.ImageTokenId, Config.ImageTokenCount);

    private static ConversationEncoder Encoder(string template) => new(Tokenizer, ConversationTemplate.Load(template), Config, 512);

    private static string Refused(ConversationEncoder encoder, bool hasImage, params ConversationTurn[] turns)
        => Assert.Throws<UserInputException>(() => encoder.Encode(turns, hasImage)).Message;
}
