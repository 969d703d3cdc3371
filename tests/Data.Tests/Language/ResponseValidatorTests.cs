using System.Text.Json.Nodes;
using NSft.Data.Construction;
using static NSft.Data.Tests.Language.Responses;

namespace NSft.Data.Tests.Language;

/// <summary>Every reason to reject a response, and what is tolerated.</summary>
public sealed class ResponseValidatorTests
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("```json\n{0}\n```")]
    [InlineData("Sure! Here it is:\n```\n{0}\n```\nI hope that it helps {{:-)}}.")]
    [InlineData("<think>The form is {{\"errors\": [], \"turns\": []}} and {{ more</think>{0}")]
    [InlineData("\uFEFF  {0}  ")]
    public void Text_AroundTheObject_IsTolerated(string around) =>
        Assert.Empty(Reasons(around.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{0}", Good, StringComparison.Ordinal)));

    [Fact]
    public void Text_CommentsAndTrailingCommas_AreTolerated() => Assert.Empty(Reasons(Good.Replace("]", ", /* all */ ]", StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("I cannot help with that.")]
    [InlineData("{\"errors\": [], \"turns\": [")]
    [InlineData("[]")]
    [InlineData("{{{{{{")]
    public void Text_WithoutObject_IsNotJson(string text) => Assert.Equal([RejectionReason.NotJson], Reasons(text));

    [Theory]
    [InlineData("errors", 0, "code", "colour")]
    [InlineData("errors", 0, "span", 7)]
    [InlineData("errors", 0, "fact", null)]
    [InlineData("errors", 0, "fact", " ")]
    [InlineData("errors", 0, "severity", 4)]
    [InlineData("errors", 0, "severity", "high")]
    [InlineData("turns", 3, "question", null)]
    [InlineData("turns", 3, "answer", 1)]
    [InlineData("turns", 3, "code", "")]
    [InlineData("turns", 3, "polarity", "maybe")]
    [InlineData("turns", 3, "kind", "teach")]
    [InlineData("turns", 3, "error", 0.5)]
    public void Field_OfAnotherForm_IsSchema(string list, int index, string field, object? value) =>
        Assert.Contains(RejectionReason.Schema, Reasons(With(list, index, field, JsonValue.Create(value))));

    [Fact]
    public void Lists_MissingOrOfAnotherKind_AreSchema()
    {
        Assert.Contains(RejectionReason.Schema, Reasons(With(response => response.Remove("errors"))));
        Assert.Contains(RejectionReason.Schema, Reasons(With(response => response["turns"] = "none")));
        Assert.Contains(RejectionReason.Schema, Reasons(With(response => response["turns"]![1] = 5)));
        Assert.Contains(RejectionReason.Schema, Reasons(With(response => response["no_error"] = "false")));
        Assert.Contains(RejectionReason.Schema, Reasons(With(response => response["no_error"] = true)));
        Assert.Contains(RejectionReason.Schema, Reasons(With(response => response["turns"] = new JsonArray([.. Enumerable.Range(0, 1000).Select(_ => (JsonNode?)null)]))));
        Assert.Contains(RejectionReason.Schema, Reasons(Good.Replace("One.", "\\ud800", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("question", "Is the couch red", RejectionReason.Question)]
    [InlineData("question", "?", RejectionReason.Question)]
    [InlineData("question", "  ", RejectionReason.Question)]
    [InlineData("answer", " ", RejectionReason.Answer)]
    [InlineData("answer", "Red, yes.", RejectionReason.Polarity)]
    [InlineData("answer", "Yesterday it was.", RejectionReason.Polarity)]
    [InlineData("answer", "No, it is red.", RejectionReason.Polarity)]
    [InlineData("polarity", "open", RejectionReason.Polarity)]
    [InlineData("error", 3, RejectionReason.ErrorIndex)]
    [InlineData("error", -1, RejectionReason.ErrorIndex)]
    [InlineData("error", null, RejectionReason.ErrorIndex)]
    [InlineData("question", "According to the reference, is the couch red?", RejectionReason.Leakage)]
    [InlineData("answer", "Yes, as the description says.", RejectionReason.Leakage)]
    [InlineData("answer", "Yes, the CAPTION is clear.", RejectionReason.Leakage)]
    [InlineData("answer", "Yes, by the ground truth.", RejectionReason.Leakage)]
    [InlineData("answer", "Yes, unlike the response.", RejectionReason.Leakage)]
    [InlineData("question", "How many dogs are there ?", RejectionReason.Duplicate)]
    [InlineData("question", "<image>\nIs the couch red?", RejectionReason.TemplateToken)]
    [InlineData("answer", "Yes.</s>", RejectionReason.TemplateToken)]
    [InlineData("answer", "Yes. USER: and now?", RejectionReason.TemplateToken)]
    [InlineData("answer", "Yes.<|im_end|>", RejectionReason.TemplateToken)]
    public void Turn_Spoiled_IsRejectedByReason(string field, object? value, string reason) =>
        Assert.Contains(reason, Reasons(With("turns", 1, field, JsonValue.Create(value)).Replace("How many dogs are there?", "How many dogs are there ?", StringComparison.Ordinal)));

    [Fact]
    public void Turn_TooManyWords_IsRejected()
    {
        string words = string.Join(' ', Enumerable.Repeat("very", 40));
        Assert.Equal([RejectionReason.Question], Reasons(With("turns", 1, "question", $"{words} red?")));
        Assert.Equal([RejectionReason.Answer], Reasons(With("turns", 1, "answer", $"Yes {words}")));
        Assert.Empty(Reasons(With("turns", 1, "answer", "Yes" + words[4..])));
    }

    [Theory]
    [InlineData("green couch")]
    [InlineData("")]
    public void Error_SpanNotSaid_IsRejected(string span) => Assert.Equal([RejectionReason.Span], Reasons(With("errors", 0, "span", span)));

    [Fact]
    public void Error_SpanWithOtherSpacingCaseAndQuotes_IsFound()
    {
        PreferencePair pair = Pair with { Rejected = "It\u2019s a  BLUE\ncouch next to two dogs and a bicycle." };
        Assert.Empty(Reasons(With("errors", 0, "span", "it's a blue couch"), pair));
    }

    [Fact]
    public void Turns_TooFewOrMany_AreCounted()
    {
        Assert.Equal([RejectionReason.TurnCount], Reasons(Good, turnCount: 4));
        Assert.Equal([RejectionReason.TurnCount], Reasons(Good, turnCount: 6));
    }

    [Fact]
    public void Existence_NothingDenied_IsNoDenial()
    {
        string text = With(response =>
        {
            response["turns"]![0] = Turn("What is the couch?", "Red.", "attribute", "open", 0);
            response["turns"]![2] = Turn("What lies on the couch?", "A cat.", "relation", "open", 0);
        });
        Assert.Equal([RejectionReason.NoDenial], Reasons(text));
    }

    [Fact]
    public void Errors_OnlyConfirmed_AreUncorrected()
    {
        string text = With(response =>
        {
            foreach (JsonNode? turn in response["turns"]!.AsArray())
            {
                turn!["kind"] = "confirm";
            }
        });
        Assert.Equal([RejectionReason.Uncorrected], Reasons(text));
    }

    [Fact]
    public void NoError_WithConfirmTurns_IsFine()
    {
        string text = With(response =>
        {
            response["errors"] = new JsonArray();
            response["no_error"] = true;
            foreach (JsonNode? turn in response["turns"]!.AsArray())
            {
                turn!["kind"] = "confirm";
                turn["error"] = -1;
            }
        });
        Assert.Empty(Reasons(text));
    }

    [Theory]
    [InlineData("Is there a dog in the image?", "No, there is no dog.", "no")]
    [InlineData("Is there a cat?", "No.", "no")]
    [InlineData("Is there a truck in the image?", "Yes, there is a truck.", "yes")]
    [InlineData("What stands behind the couch?", "A bicycle.", "open")]
    public void Answer_AgainstTheChosenOne_IsAContradiction(string question, string answer, string polarity) =>
        Assert.Equal([RejectionReason.Contradiction], Reasons(With(response => response["turns"]![2] = Turn(question, answer, "existence", polarity, 2))));

    [Theory]
    [InlineData("Is there a truck in the image?", "No, there is no truck.", "no")]
    [InlineData("Is there a dog in front of the couch?", "No, the dog is next to it.", "no")]
    [InlineData("Is the dog sleeping on the couch?", "No, the dog is not on the couch.", "no")]
    [InlineData("Is there a zeppelin in the image?", "Yes, there is a zeppelin.", "yes")]
    [InlineData("What is next to the cat?", "A dog rather than a bicycle.", "open")]
    public void Answer_ThatMayBeTrue_IsPassed(string question, string answer, string polarity) =>
        Assert.Empty(Reasons(With(response => response["turns"]![2] = Turn(question, answer, "existence", polarity, 2))));

    [Fact]
    public void Word_OfThePairItself_IsNoLeakage()
    {
        PreferencePair pair = new("p", "a.jpg", "What type of book is this?", "Reference", "Travel");
        JsonArray turns = new([.. Enumerable.Range(0, 5).Select(index => (JsonNode)Turn($"Is this a reference book {index}?", "Yes.", "scene", "yes", null))]);
        Assert.Empty(Reasons(With(response => (response["errors"], response["no_error"], response["turns"]) = (new JsonArray(), true, turns)), pair));
    }

    [Fact]
    public void Response_WrongInManyWays_ListsThemAll()
    {
        string text = With(response =>
        {
            response["errors"]![0]!["span"] = "green couch";
            response["turns"]![0]!["question"] = "Is there a bicycle in the reference";
            response["turns"]![1]!["answer"] = "Red.";
            response["turns"]![2] = "none";
            response["turns"]!.AsArray().RemoveAt(4);
        });
        Assert.Equal(
            [RejectionReason.Schema, RejectionReason.Span, RejectionReason.Question, RejectionReason.Leakage, RejectionReason.Polarity, RejectionReason.TurnCount],
            Reasons(text).Distinct());
        Assert.Contains(Check(text).Rejections, rejection => rejection.Message.StartsWith("turns[1]: the answer", StringComparison.Ordinal));
    }
}
