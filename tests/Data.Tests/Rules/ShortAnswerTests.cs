using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Tests;

namespace NSft.Data.Tests.Rules;

/// <summary>Short answers are doubled into a yes- and a no-question, whether the lexicon knows their words or not.</summary>
public sealed class ShortAnswerTests : IDisposable
{
    private const string Suffix = "Answer the question using a single word or phrase.";

    private static readonly VisionErrorCodebook Codebook = VisionErrorCodebook.Load();
    private static readonly Lexicon Coco = Lexicon.Load("coco");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("What type of book is this?", "Travel", "Cookbooks, Food & Wine", "Is this a Travel book?", "Is this a Cookbooks, Food & Wine book?")]
    [InlineData("What is the genre of this book?", "Arts & Photography", "Romance books", "Is this an Arts & Photography book?", "Is this a Romance book?")]
    [InlineData("Who wrote this book?", "Stephen King", "J. K. Rowling", "Was this book written by Stephen King?", "Was this book written by J. K. Rowling?")]
    [InlineData("Who is the author of this book?", "DK Publishing", "by Lonely Planet.", "Was this book written by DK Publishing?", "Was this book written by Lonely Planet?")]
    [InlineData("What is the title of this book?", "The Shining", "It: A Novel", "Is the title of this book The Shining?", "Is the title of this book It: A Novel?")]
    [InlineData("What is the year printed on this calendar?", "2016", "2015", "Is this a 2016 calendar?", "Is this a 2015 calendar?")]
    [InlineData("What color is the frobnicator?", "Mauve", "Cyan", "Is the frobnicator mauve?", "Is the frobnicator cyan?")]
    [InlineData("What color shirt is the boy wearing?", "Red", "Blue", "Is the boy wearing a red shirt?", "Is the boy wearing a blue shirt?")]
    [InlineData("How many wibbles are there?", "3", "four", "Are there 3 wibbles?", "Are there four wibbles?")]
    [InlineData("How many boxes are on the shelf?", "One", "two", "Is there one box on the shelf?", "Are there two boxes on the shelf?")]
    [InlineData("How many people are wearing hats?", "2", "3", "Are there 2 people wearing hats?", "Are there 3 people wearing hats?")]
    [InlineData("How many wheels does the gizmo have?", "1", "2", "Does the gizmo have 1 wheel?", "Does the gizmo have 2 wheels?")]
    [InlineData("Who is the man in the suit?", "Barack Obama", "George Bush", "Is the man in the suit Barack Obama?", "Is the man in the suit George Bush?")]
    [InlineData("Who is holding the bat?", "Boy", "The coach", "Is it a boy who is holding the bat?", "Is it the coach who is holding the bat?")]
    [InlineData("Where is the gnome?", "On the lawn", "under a bush", "Is the gnome on the lawn?", "Is the gnome under a bush?")]
    [InlineData("What does the sign say?", "STOP HERE", "Shop now", "Does the sign say \"STOP HERE\"?", "Does the sign say \"Shop now\"?")]
    [InlineData("What is written on the jersey?", "Lakers", "Bulls", "Is \"Lakers\" written on the jersey?", "Is \"Bulls\" written on the jersey?")]
    [InlineData("What is the brand of this camera?", "dakota digital", "kodak", "Is the brand of this camera dakota digital?", "Is the brand of this camera kodak?")]
    [InlineData("What is the man holding in his hand?", "umbrella", "Tennis racket", "Is the man holding an umbrella in his hand?", "Is the man holding a tennis racket in his hand?")]
    [InlineData("What is the man doing?", "He is surfing.", "He is reading.", "Is the man surfing?", "Is the man reading?")]
    [InlineData("What is the table made of?", "wood", "glass", "Is the table made of wood?", "Is the table made of glass?")]
    [InlineData("What is this?", "A wombat", "koala", "Is this a wombat?", "Is this a koala?")]
    [InlineData("Which team is ahead?", "Lakers", "Celtics", "Which team is ahead? Is the answer \"Lakers\"?", "Which team is ahead? Is the answer \"Celtics\"?")]
    [InlineData("Is the light red or green?", "teal", "mauve", "Is the light red or green? Is the answer \"teal\"?", "Is the light red or green? Is the answer \"mauve\"?")]
    [InlineData("Which is left?\nA. plate\nB. spoon\nAnswer with the option's letter from the given choices directly.", "B", "A.", "Which is left? Is the answer \"spoon\"?", "Which is left? Is the answer \"plate\"?")]
    public void Open_ShortAnswers_AreDoubled(string question, string chosen, string rejected, string yes, string no)
    {
        CorrectiveConversation made = Make(question, chosen, rejected);
        Assert.Single(made.Errors);
        Assert.Equal([yes], Questions(made, TurnPolarity.Yes));
        Assert.Equal([no], Questions(made, TurnPolarity.No));
        Assert.All(made.Turns, turn => Assert.StartsWith(turn.Polarity == TurnPolarity.Yes ? "Yes, " : "No, ", turn.Answer, StringComparison.Ordinal));
        Assert.All(made.Turns, turn => Assert.Equal((TurnKind.Correct, rejected, chosen), (turn.Kind, turn.Span, turn.Fact)));
    }

    [Theory]
    [InlineData("Is the dog sleeping?", "No", "Yes", "Is the dog sleeping? No.", "Is it true that the dog is not sleeping? Yes, the dog is not sleeping.")]
    [InlineData("Is this a recipe book?", "Yes", "No", "Is this a recipe book? Yes.", "Is it true that this is not a recipe book? No, this is a recipe book.")]
    [InlineData("Is this book related to Travel?", "no.", "Yes, it is.", "Is this book related to Travel? No.", "Is it true that this book is not related to Travel? Yes, this book is not related to Travel.")]
    [InlineData("Does the woman have long hair?", "Yes, it is very long.", "no", "Does the woman have long hair? Yes, it is very long.", "Is it true that the woman does not have long hair? No, the woman does have long hair.")]
    [InlineData("Are the man and woman smiling?", "no", "yes", "Are the man and woman smiling? No.", "Is it true that the man and woman are not smiling? Yes, the man and woman are not smiling.")]
    [InlineData("Is there a unicorn on the table?", "yes", "no", "Is there a unicorn on the table? Yes.", "Is it true that there is not a unicorn on the table? No, there is a unicorn on the table.")]
    public void YesNo_FlippedAnswer_IsStatedBothWays(string question, string chosen, string rejected, string first, string second)
    {
        string[] turns = [.. Make(question, chosen, rejected).Turns.Select(turn => $"{turn.Question} {turn.Answer}")];
        Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), turns.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Is the man on the left taller?")]
    [InlineData("Is the top of the bus dirty?")]
    public void YesNo_SubjectThatIsNotClear_IsAskedOnceAsItWas(string question) =>
        Assert.Equal([$"{question} Yes."], Make(question, "Yes", "No").Turns.Select(turn => $"{turn.Question} {turn.Answer}"));

    [Theory]
    [InlineData("What is the title of this book?", "The Shining", "the  shining.")]
    [InlineData("What does the sign say?", "Two Dogs", "the 2 dogs")]
    [InlineData("How many wibbles are there?", "2", "two")]
    [InlineData("Who wrote this book?", "Stephen King", "King")]
    [InlineData("What is this?", "wombats", "a wombat")]
    [InlineData("What piece of furniture is this?", "couch", "sofa")]
    [InlineData("What animal is this?", "dog", "animal")]
    [InlineData("What color is the gizmo?", "gray", "silver")]
    [InlineData("Is the gizmo broken?", "Yes", "yes.")]
    [InlineData("Is the gizmo broken?", "unanswerable", "no")]
    [InlineData("What is the gizmo?", "unanswerable", "a fork lift")]
    [InlineData("Why is he happy?", "He won the great race last week. He has trained for it since he was five years old.", "He lost.")]
    public void Pairs_ThatAgreeOrSettleNothing_CorrectNothing(string question, string chosen, string rejected)
    {
        CorrectiveConversation made = Make(question, chosen, rejected);
        Assert.Empty(made.Errors);
        Assert.DoesNotContain(made.Turns, turn => turn.Kind == TurnKind.Correct);
    }

    [Theory]
    [InlineData("A bottle of Nivea cream on a table.", "A bottle of Dove cream on a table.", "Nivea", "Dove")]
    [InlineData("A sign that says \"no parking\".", "A sign that says \"free drinks\".", "no parking", "free drinks")]
    [InlineData("A player wearing the number 23 runs.", "A player wearing the number 32 runs.", "23", "32")]
    [InlineData("A book titled The Shining by Stephen King.", "A book titled The Shining by J. K. Rowling.", "Stephen King", "J. K. Rowling")]
    public void Caption_WithOtherReadText_IsDoubled(string chosen, string rejected, string truth, string wrong)
    {
        CorrectiveConversation made = Make("Provide a one-sentence caption for the provided image.", chosen, rejected);
        CorrectiveTurn[] turns = [.. made.Turns.Where(turn => turn.Kind == TurnKind.Correct)];
        Assert.Equal([$"Does the image show the text \"{truth}\"?"], turns.Where(turn => turn.Polarity == TurnPolarity.Yes).Select(turn => turn.Question));
        Assert.Equal([$"Does the image show the text \"{wrong}\"?"], turns.Where(turn => turn.Polarity == TurnPolarity.No).Select(turn => turn.Question));
    }

    [Theory]
    [InlineData("A large sign on a wall.", "A big sign on a wall.")]
    [InlineData("A gizmo by Nokia.", "A widget by Nokia on a shelf.")]
    [InlineData("Nivea cream.", "Dove cream.")]
    [InlineData("A poster of the Lakers and the Bulls.", "A poster of the Bulls and the Bulls.")]
    [InlineData("A can that says Coca Cola on it.", "A can that says Coca on it.")]
    public void Caption_WithOtherWords_IsNoError(string chosen, string rejected) =>
        Assert.DoesNotContain(Make("Provide a one-sentence caption for the provided image.", chosen, rejected).Turns, turn => turn.Kind == TurnKind.Correct);

    [Theory]
    [InlineData("Who is in the photo?", "Woman", "Somebody else entirely")]
    [InlineData("What is on the table?", "A laptop", "A gizmo")]
    public void Open_ShortAnswer_SaysNothingAboutTheRestOfTheImage(string question, string chosen, string rejected) =>
        Assert.DoesNotContain(Make(question, chosen, rejected).Turns, turn => turn is { Kind: TurnKind.Confirm, Polarity: TurnPolarity.No });

    [Fact]
    public void Suffix_OfTheSource_IsOutOfParsingAndBackOnTheQuestion()
    {
        string question = $"What does the sign say?\nReference OCR token: STOP, HERE\n{Suffix}";
        CorrectiveConversation made = Make(question, "STOP HERE", "Shop now");
        Assert.Equal([$"Does the sign say \"STOP HERE\"?\n{Suffix}"], Questions(made, TurnPolarity.Yes));
        Assert.Equal(["No", "Yes"], made.Turns.Select(turn => turn.Answer).Order(StringComparer.Ordinal));
        CorrectiveConversation known = Make($"What color is the bus?\n{Suffix}", "red", "blue");
        Assert.Equal([$"Is the bus red?\n{Suffix}"], Questions(known, TurnPolarity.Yes));
        Assert.All(known.Turns, turn => Assert.True(turn.Answer is "Yes" or "No"));
        Assert.Equal(Questions(Make("What color is the bus?", "red", "blue"), TurnPolarity.Yes).Single(), known.Turns.Single(turn => turn.Answer == "Yes").Question.Split('\n')[0]);
    }

    [Theory]
    [InlineData("\"code\": \"scene\", \"exact\"", "\"code\": \"setting\", \"exact\"", "patterns[0] 'genre'.code is 'setting', which is not a code of the codebook")]
    [InlineData("Is this {a} {answer} {thing}?", "Is this {a} {answers} {thing}?", "patterns[0] 'genre'.ask has an unknown slot {answers}: no question has a group of that name")]
    [InlineData("Is this {a} {answer} {thing}?", "This {thing}.", "patterns[0] 'genre'.ask does not end with a question mark")]
    [InlineData("\"strip\": \" books?\"", "\"strip\": \"(\"", "patterns[0] 'genre'.strip is not a regular expression")]
    [InlineData("\"strip\"", "\"stripe\"", "patterns[0] 'genre' has an unknown field 'stripe'")]
    [InlineData("\"longestAnswer\": 10", "\"longestAnswer\": \"ten\"", "longestAnswer is not a whole number")]
    public void PatternFile_WrongEntry_IsNamed(string old, string broken, string reason)
    {
        string text = File.ReadAllText(Resource("short-answers.json"));
        Assert.Contains(old, text, StringComparison.Ordinal);
        string patterns = _folder.Write("own-patterns.json", text.Replace(old, broken, StringComparison.Ordinal));
        string codebook = OwnCodebook("own-patterns.json");
        UserInputException error = Assert.Throws<UserInputException>(() => VisionErrorCodebook.Load(codebook));
        Assert.StartsWith(patterns + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PatternFile_IsPartOfTheHash_AndCanBeLeftOut()
    {
        string text = File.ReadAllText(Resource("short-answers.json"));
        _folder.Write("own.json", text.Replace("Was this book written by", "Is this book written by", StringComparison.Ordinal));
        VisionErrorCodebook own = VisionErrorCodebook.Load(OwnCodebook("own.json"));
        Assert.NotEqual(Codebook.Hash, own.Hash);
        Assert.Equal(64, own.Hash.Length);
        Assert.Equal(["Is this book written by A B?"], Questions(Make("Who wrote this book?", "A B", "C D", own), TurnPolarity.Yes));
        string bare = File.ReadAllText(Resource("codebook.json")).Replace("\"shortAnswers\": \"short-answers\",", "", StringComparison.Ordinal);
        VisionErrorCodebook without = VisionErrorCodebook.Load(_folder.Write("bare.json", bare));
        Assert.Empty(Make("Who wrote this book?", "A B", "C D", without).Turns);
    }

    private string OwnCodebook(string patterns) => _folder.Write(
        "codebook-" + patterns, File.ReadAllText(Resource("codebook.json")).Replace("\"short-answers\"", $"\"{patterns}\"", StringComparison.Ordinal));

    private static string Resource(string name) => RepositoryPaths.At("src", "Data", "Resources", name);

    private static string[] Questions(CorrectiveConversation made, TurnPolarity polarity) =>
        [.. made.Turns.Where(turn => turn.Polarity == polarity).Select(turn => turn.Question)];

    private static CorrectiveConversation Make(string question, string chosen, string rejected, VisionErrorCodebook? codebook = null)
    {
        PreferencePair pair = new("pair", "x.jpg", question, chosen, rejected);
        return new RuleConstructor(codebook ?? Codebook, Coco, new ConstructionOptions(), ConstructionStatistics.Gather([pair], Coco)).Construct(pair);
    }
}
