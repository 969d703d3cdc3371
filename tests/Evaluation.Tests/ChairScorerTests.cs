using System.Text.Json;
using NSft.Collectives;
using NSft.Evaluation.Chair;
using NSft.Tests;

namespace NSft.Evaluation.Tests;

public sealed class ChairScorerTests
{
    private static readonly ObjectVocabulary Coco = new(
    [
        ["person", "man", "woman", "people", "baby"],
        ["dog", "puppy"],
        ["car"],
        ["elephant"],
        ["toilet"],
        ["chair", "seat"],
        ["tie"],
        ["bus"],
        ["knife"],
        ["plate"],
        ["hot dog"],
        ["wine glass"],
    ]);

    [Fact]
    public void Score_ManAndTwoDogsNearCar_OneOfThreeMentionsIsWrong()
    {
        ChairAnnotations truth = new(Coco, [new ChairImage("a.jpg", new HashSet<string> { "dog", "person" })]);
        ChairScore score = ChairScorer.Score(truth, ["a man and two dogs near a car"]);
        Assert.Equal(1.0 / 3, score.ChairI, 12);
        Assert.Equal(1, score.ChairS);
        Assert.Equal(1, score.Recall);
        Assert.Equal(3, score.MentionCount);
    }

    [Fact]
    public void Score_RepeatedMentions_CountEach()
    {
        ChairAnnotations truth = new(Coco, [new ChairImage("a.jpg", new HashSet<string> { "dog", "car" })]);
        ChairScore score = ChairScorer.Score(truth, ["A dog, another dog and a bus beside a bus."]);
        Assert.Equal(0.5, score.ChairI);
        Assert.Equal(0.5, score.Recall);
    }

    [Fact]
    public void Score_NoMention_IsZeroNotNaN()
    {
        ChairAnnotations truth = new(Coco, [new ChairImage("a.jpg", new HashSet<string> { "dog" })]);
        ChairScore score = ChairScorer.Score(truth, [""]);
        Assert.Equal(0, score.ChairI);
        Assert.Equal(0, score.ChairS);
        Assert.Equal(1, score.EmptyCount);
    }

    [Theory]
    [InlineData("Two buses and knives", "bus knife")]
    [InlineData("A baby elephant", "elephant")]
    [InlineData("a baby, elephants", "person elephant")]
    [InlineData("the toilet seat", "toilet")]
    [InlineData("a toilet with its seat up", "toilet")]
    [InlineData("a man in a bow tie", "person tie")]
    [InlineData("hot dogs on a plate", "hot dog plate")]
    [InlineData("the home plate", "")]
    [InlineData("wine glasses", "wine glass")]
    [InlineData("A carpet of cars; carts", "car")]
    public void Mentions_Caption_FindsKinds(string caption, string expected) =>
        Assert.Equal(expected, string.Join(' ', Coco.Mentions(caption)));

    [Fact]
    public void Score_ReferenceCaptionsOfScenes_GivesReferenceScores()
    {
        ChairAnnotations truth = ChairAnnotations.Read(RepositoryPaths.At("samples", "scenes", "annotations.json"));
        Assert.Equal(800, truth.Images.Count);
        Assert.Equal("eval_*", truth.HeldOutPattern);
        truth = truth.Filter("eval_*");
        Dictionary<string, string> captions = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(RepositoryPaths.At("samples", "scenes", "ref_captions_eval.json")))!;
        JsonElement reference = JsonDocument.Parse(
            File.ReadAllText(RepositoryPaths.At("samples", "scenes", "ref_scores_eval.json"))).RootElement;
        ChairScore score = ChairScorer.Score(truth, [.. truth.Images.Select(image => captions[image.Image])]);
        Assert.Equal(reference.GetProperty("Ci").GetDouble(), 100 * score.ChairI, 0.005);
        Assert.Equal(reference.GetProperty("Cs").GetDouble(), 100 * score.ChairS, 0.005);
        Assert.Equal(reference.GetProperty("rec").GetDouble(), 100 * score.Recall, 0.005);
    }

    [Fact]
    public void Read_UnlistedCategory_NamesRow()
    {
        using TemporaryFile file = new("""{"categories":["ring"],"images":[{"image":"a.jpg","objects":[{"category":"bell"}]}]}""");
        UserInputException error = Assert.Throws<UserInputException>(() => ChairAnnotations.Read(file.Path));
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("bell", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSynonyms_File_FirstWordNamesTheKind()
    {
        using TemporaryFile file = new("person, man, woman\ncell phone, phone\n");
        ObjectVocabulary vocabulary = ObjectVocabulary.ReadSynonyms(file.Path);
        Assert.Equal(["person", "cell phone"], vocabulary.Mentions("A woman with phones"));
    }

    [Fact]
    public void Filter_NothingMatches_Throws()
    {
        ChairAnnotations truth = new(Coco, [new ChairImage("a.jpg", new HashSet<string>())]);
        Assert.Throws<UserInputException>(() => truth.Filter("b*"));
    }
}
