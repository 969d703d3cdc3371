using NSft.Data.Construction;

namespace NSft.Data.Tests;

/// <summary>The constructor on single pairs: which errors it finds and what it asks.</summary>
public sealed class ConstructionTextTests
{
    private const string Describe = "Describe the image.";

    private static readonly VisionErrorCodebook Codebook = VisionErrorCodebook.Load();
    private static readonly Lexicon Scenes = Lexicon.Load("scenes");
    private static readonly Lexicon Coco = Lexicon.Load("coco");

    [Fact]
    public void Scenes_TwoMoons_NeverDeniesTheOther()
    {
        CorrectiveConversation made = Make(
            Scenes, "The image shows a white moon at the top and a black moon in the center.", "The image shows a black moon at the top and a black moon in the center.");
        Assert.Equal([ErrorKind.Attribute], made.Errors);
        Asked(made, "Is the moon at the top of the image black? No, the moon at the top is white.");
        Asked(made, "Is the moon at the top of the image white? Yes, the moon at the top is white.");
        Assert.DoesNotContain(made.Turns, turn => turn.Question.StartsWith("Is the moon black", StringComparison.Ordinal));
        Assert.DoesNotContain(made.Turns, turn => turn.Question == "Is there a black moon in the image?" && turn.Polarity == TurnPolarity.No);
    }

    [Fact]
    public void Scenes_RepeatedObjects_ArePairedByBestAssignment()
    {
        CorrectiveConversation made = Make(
            Scenes,
            "The image shows a red star on the left, a blue star on the right and a green bar at the top.",
            "The image shows a blue star on the right, a red star at the bottom and a green bar at the top.");
        Assert.Equal([ErrorKind.Position], made.Errors);
        Asked(made, "Is there a star at the bottom of the image? No, there is no star at the bottom.");
        Asked(made, "Is there a star on the left of the image? Yes, there is a star on the left.");
    }

    [Fact]
    public void Scenes_InventedBesideTrueOne_AsksWithPlaceAndDoublesInTheSameForm()
    {
        CorrectiveConversation made = Make(
            Scenes, "The image shows a black moon in the center.", "The image shows an orange moon at the top left and a black moon in the center.");
        Assert.Equal([ErrorKind.Invented], made.Errors);
        Asked(made, "Is there a moon at the top left of the image? No, there is no moon at the top left.");
        Asked(made, "Is there a moon in the center of the image? Yes, there is a moon in the center.");
    }

    [Fact]
    public void Scenes_ConfusedAtOnePlace_IsOneErrorWithTwoSides()
    {
        CorrectiveConversation made = Make(
            Scenes, "The image shows an orange hexagon on the left and a red bar at the top.", "The image shows an orange arrow on the left and a red bar at the top.");
        Assert.Equal([ErrorKind.Invented], made.Errors);
        Asked(made, "Is there an arrow in the image? No, there is no arrow.");
        Asked(made, "Is there a hexagon in the image? Yes, there is a hexagon.");
        CorrectiveTurn turn = made.Turns.Single(item => item.Question == "Is there an arrow in the image?");
        Assert.Equal(("an orange arrow on the left", "an orange hexagon on the left"), (turn.Span, turn.Fact));
    }

    [Theory]
    [InlineData("Is there a circle in the image?", "No, there is no circle.", "Yes, there is a circle.", "Is there a circle in the image? No, there is no circle.")]
    [InlineData("Is there a circle in the image?", "No", "Yes", "Is there a circle in the image? No, there is no circle.")]
    [InlineData("Is there an arrow in the image?", "Yes.", "No.", "Is there an arrow in the image? Yes, there is an arrow.")]
    [InlineData("What color is the circle?", "The circle is black.", "The circle is green.", "Is the circle green? No, the circle is black.")]
    [InlineData("What color is the circle?", "Black.", "Green", "Is the circle black? Yes, the circle is black.")]
    [InlineData("Where is the star?", "The star is on the left.", "It is at the top.", "Is the star at the top of the image? No, the star is on the left.")]
    [InlineData("How many objects are in the image?", "There are 4 objects.", "There are 5 objects.", "Are there 5 objects in the image? No, there are 4 objects.")]
    [InlineData("How many objects are in the image?", "1", "There are 2 objects.", "Is there 1 object in the image? Yes, there is 1 object.")]
    [InlineData("How many stars are in the image?", "There are two stars.", "There are 3 stars.", "Are there 3 stars in the image? No, there are 2 stars.")]
    [InlineData("How many stars are there?", "2", "one", "Are there 2 stars in the image? Yes, there are 2 stars.")]
    [InlineData("Is the star red?", "No, the star is white.", "Yes, the star is red.", "Is the star red? No, the star is white.")]
    [InlineData("Is the star red?", "No.", "Yes.", "Is there a red star in the image? No, there is no red star.")]
    [InlineData("Is there a red star in the image?", "No.", "Yes.", "Is there a red star in the image? No, there is no red star.")]
    public void Scenes_ShortAnswer_IsCorrected(string question, string chosen, string rejected, string expected)
    {
        CorrectiveConversation made = Make(Scenes, chosen, rejected, question);
        Assert.Single(made.Errors);
        Asked(made, expected);
        Assert.True(made.Turns.Count(turn => turn.Polarity == TurnPolarity.No) <= 1, "one answer settles no other absence");
    }

    [Theory]
    [InlineData("Is the dog sleeping?", "No.", "Yes.")]
    [InlineData("Is there a dog on the couch?", "No.", "Yes.")]
    [InlineData("Are there two dogs in the image?", "No.", "Yes.")]
    [InlineData("What is the man doing?", "He is surfing.", "He is reading.")]
    [InlineData("Describe the image.", "Something else entirely.", "Nothing known.")]
    public void Coco_UnsettledAnswer_IsNotTurnedIntoAbsence(string question, string chosen, string rejected)
    {
        CorrectiveConversation made = Make(Coco, chosen, rejected, question);
        Assert.DoesNotContain(made.Turns, turn => turn.Polarity == TurnPolarity.No && turn.Question.StartsWith("Is there", StringComparison.Ordinal) && turn.Question != question);
        Assert.DoesNotContain(made.Turns, turn => turn is { Kind: TurnKind.Confirm, Polarity: TurnPolarity.No });
    }

    [Fact]
    public void Scenes_PredicateSpan_CoversTheWholeClaim()
    {
        CorrectiveConversation made = Make(Scenes, "The circle is black.", "The circle is green.", "What color is the circle?");
        Assert.All(made.Turns, turn => Assert.Equal(("The circle is green", "The circle is black"), (turn.Span, turn.Fact)));
    }

    [Fact]
    public void Scenes_OtherRowOfTheImage_LendsItsTruth()
    {
        PreferencePair description = new("a", "x.jpg", Describe, "The image shows a red star on the left and a blue bar at the top.", "The image shows a red star.");
        PreferencePair question = new("b", "x.jpg", "Is there a circle in the image?", "No, there is no circle.", "Yes, there is a circle.");
        PreferencePair[] set = [description, question];
        CorrectiveConversation alone = new RuleConstructor(Codebook, Scenes, new ConstructionOptions(), ConstructionStatistics.Gather([question], Scenes)).Construct(question);
        CorrectiveConversation together = new RuleConstructor(Codebook, Scenes, new ConstructionOptions(), ConstructionStatistics.Gather(set, Scenes)).Construct(question);
        Assert.Single(alone.Turns);
        Assert.Equal(6, together.Turns.Count);
        Asked(together, "Is there a bar in the image? Yes, there is a bar.");
    }

    [Fact]
    public void Scenes_TruthsThatDiffer_AreNotAsked()
    {
        PreferencePair yes = new("a", "x.jpg", "Is there a circle in the image?", "Yes, there is a circle.", "No, there is no circle.");
        PreferencePair no = new("b", "x.jpg", "Is there a circle in the image?", "No, there is no circle.", "Yes, there is a circle.");
        ConstructionStatistics statistics = ConstructionStatistics.Gather([yes, no], Scenes);
        foreach (CorrectiveConversation made in new RuleConstructor(Codebook, Scenes, new ConstructionOptions(), statistics).ConstructBlock([yes, no]))
        {
            Assert.Empty(made.Turns);
        }
    }

    [Fact]
    public void Coco_Caption_FindsEveryKindOfError()
    {
        CorrectiveConversation made = Make(
            Coco,
            "Two brown dogs are sitting on a wooden bench in the foreground. A woman with a red umbrella stands on the left, and a cat lies under the table in the kitchen.",
            "Three brown dogs are sitting on a metal bench in the background. A woman with a blue umbrella stands on the right, and a cat lies on the table in the bathroom. There is also a bicycle.",
            turnCount: 20);
        Assert.Equal(
            [
                ErrorKind.Invented, ErrorKind.Attribute, ErrorKind.Attribute, ErrorKind.Count, ErrorKind.Position, ErrorKind.Position, ErrorKind.Relation, ErrorKind.Scene,
            ],
            made.Errors);
        Asked(made, "Is there a bicycle in the image? No, there is no bicycle.");
        Asked(made, "Is the bench metal? No, the bench is wooden.");
        Asked(made, "Is the umbrella blue? No, the umbrella is red.");
        Asked(made, "Is the umbrella red? Yes, the umbrella is red.");
        Asked(made, "Are there three dogs in the image? No, there are two dogs.");
        Asked(made, "Are there two dogs in the image? Yes, there are two dogs.");
        Asked(made, "Is the cat on the dining table? No, the cat is under the dining table.");
        Asked(made, "Is the cat under the dining table? Yes, the cat is under the dining table.");
        Asked(made, "Does the image show a bathroom? No, it does not show a bathroom.");
        Asked(made, "Does the image show a kitchen? Yes, it shows a kitchen.");
    }

    [Theory]
    [InlineData("A bowl of fruit on a table.", "A bowl with an apple on a table.", "apple")]
    [InlineData("A man rides a vehicle down a street.", "A man rides a motorcycle down a street.", "motorcycle")]
    [InlineData("A parking lot full of cars.", "A couple of cars near a person.", "parking")]
    [InlineData("A gray car by the road.", "A silver car by the road.", "silver")]
    [InlineData("A man holds a cell phone.", "A guy is holding a smartphone.", "phone")]
    [InlineData("A group of people standing around.", "A woman and a child stand around.", "person")]
    [InlineData("There is no dog here, only a cat.", "Only a kitten.", "dog")]
    public void Coco_WordsThatAgreeOrStayOpen_AreNoErrors(string chosen, string rejected, string word)
    {
        CorrectiveConversation made = Make(Coco, chosen, rejected);
        Assert.DoesNotContain(made.Turns, turn => turn.Kind == TurnKind.Correct && turn.Polarity == TurnPolarity.No && turn.Question.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A person peels an orange.", "A person peels an apple.", "Is there an orange in the image? Yes, there is an orange.")]
    [InlineData("An orange cat on a bed.", "A black cat on a bed.", "Is the cat orange? Yes, the cat is orange.")]
    [InlineData("The cat is black and white.", "The cat is brown.", "Is the cat brown? No, the cat is black and white.")]
    [InlineData("A pair of scissors on a desk.", "A knife on a desk.", "Is there a pair of scissors in the image? Yes, there is a pair of scissors.")]
    [InlineData("Several sheep in a field.", "Several cows in a field.", "Is there a sheep in the image? Yes, there is a sheep.")]
    [InlineData("Two dogs play. The dogs are white.", "Two dogs play. The dogs are black.", "Are the dogs black? No, the dogs are white.")]
    [InlineData("A red double-decker bus.", "A blue double-decker bus.", "Is the bus red? Yes, the bus is red.")]
    [InlineData("On the left, there is a dog.", "On the right, there is a dog.", "Is the dog on the right of the image? No, the dog is on the left.")]
    [InlineData("A cat under the table.", "A cat on the table.", "Is the cat on the dining table? No, the cat is under the dining table.")]
    [InlineData("A cat lies under the table in the kitchen.", "A cat lies on the table in the kitchen.", "Is the cat on the dining table? No, the cat is under the dining table.")]
    [InlineData("A red cup, and a cat lies under the table.", "A cat lies on the table.", "Is the cat on the dining table? No, the cat is under the dining table.")]
    [InlineData("A hot dog on a plate.", "A dog on a plate.", "Is there a dog in the image? No, there is no dog.")]
    public void Coco_Wording_IsUnderstood(string chosen, string rejected, string expected) => Asked(Make(Coco, chosen, rejected), expected);

    [Fact]
    public void Coco_PartialDescriptions_AvoidCategoriesThatProbablyStayedUnmentioned()
    {
        List<PreferencePair> set = [.. Enumerable.Range(0, 40).Select(index => new PreferencePair($"p{index}", $"{index}.jpg", Describe, "A fork and a knife.", "A fork and a clock."))];
        set.Add(new PreferencePair("last", "last.jpg", Describe, "A fork and a spoon.", "A fork and a clock."));
        CorrectiveConversation made = new RuleConstructor(Codebook, Coco, new ConstructionOptions { HardNegativeShare = 1 }, ConstructionStatistics.Gather(set, Coco)).Construct(set[^1]);
        Assert.DoesNotContain(made.Turns, turn => turn.Question.Contains("knife", StringComparison.Ordinal));
        Assert.Contains(made.Turns, turn => turn.Polarity == TurnPolarity.No);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(41)]
    public void Options_OutOfRange_AreRefused(int turnCount) =>
        Assert.Throws<Collectives.UserInputException>(() => ConstructionOptionsValidator.Validate(new ConstructionOptions { TurnCount = turnCount }));

    private static CorrectiveConversation Make(Lexicon lexicon, string chosen, string rejected, string question = Describe, int turnCount = 6)
    {
        PreferencePair pair = new("pair", "x.jpg", question, chosen, rejected);
        ConstructionStatistics statistics = ConstructionStatistics.Gather([pair], lexicon);
        return new RuleConstructor(Codebook, lexicon, new ConstructionOptions { TurnCount = turnCount }, statistics).Construct(pair);
    }

    private static void Asked(CorrectiveConversation made, string turn) =>
        Assert.Contains(turn, made.Turns.Select(item => $"{item.Question} {item.Answer}"));
}
