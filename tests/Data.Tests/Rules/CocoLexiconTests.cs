using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Tests;

namespace NSft.Data.Tests.Rules;

/// <summary>The coco lexicon, lists of synonyms, and detailed descriptions read with them.</summary>
public sealed class CocoLexiconTests : IDisposable
{
    private const string Names =
        "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,"
        + "giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,"
        + "knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,"
        + "cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush";

    private const string Describe = "Describe the image.";

    private static readonly VisionErrorCodebook Codebook = VisionErrorCodebook.Load();
    private static readonly Lexicon Coco = Lexicon.Load("coco");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Coco_EightyCategories_AreAllKnownByTheirUsualNames()
    {
        string[] names = Names.Split(',');
        string[] found = [.. names.Select(name => Category(Coco, name))];
        Assert.Equal(80, names.Length);
        Assert.Equal(80, found.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Coco.CategoryNames.Take(80), found);
    }

    [Theory]
    [InlineData("person", "man,women,kids,skier,policeman,firefighters,mother,businessmen,passengers,guy,toddler,bride,motorcyclist")]
    [InlineData("car", "taxi,suv,van,jeep,automobile,sedans")]
    [InlineData("motorcycle", "motorbike,scooter,moped")]
    [InlineData("airplane", "plane,jet,aircraft,biplane")]
    [InlineData("bus", "double-decker bus,school bus,minibus")]
    [InlineData("train", "locomotive,tram,streetcar")]
    [InlineData("truck", "pickup,fire truck,dump trucks")]
    [InlineData("boat", "sailboat,canoe,kayaks,ship")]
    [InlineData("bird", "pigeon,geese,seagulls,owl")]
    [InlineData("dog", "puppy,puppies,husky,golden retriever")]
    [InlineData("cow", "cattle,calves,bull,oxen")]
    [InlineData("wine glass", "wineglass,glass of wine,glasses of wine")]
    [InlineData("couch", "sofa,loveseat,futon")]
    [InlineData("dining table", "table,coffee table")]
    [InlineData("television", "tv,television set")]
    [InlineData("cell phone", "phone,smartphone,telephone")]
    [InlineData("refrigerator", "fridge,freezer")]
    [InlineData("donut", "doughnuts")]
    [InlineData("tennis racket", "racquet,racket")]
    public void Coco_Synonyms_MeanTheirCategory(string category, string synonyms) =>
        Assert.All(synonyms.Split(','), synonym => Assert.Equal(category, Category(Coco, synonym)));

    [Theory]
    [InlineData("parking lot")]
    [InlineData("toilet paper")]
    [InlineData("boxing glove")]
    [InlineData("carrot cake")]
    [InlineData("train tracks")]
    public void Coco_PhrasesThatOnlySoundLikeObjects_AreNone(string phrase)
    {
        CorrectiveConversation made = Make(Coco, Describe, "A zebra.", $"A zebra and a {phrase}.");
        Assert.Empty(made.Errors);
    }

    [Fact]
    public void Coco_DetailedDescriptions_GiveSensibleTurns()
    {
        using JsonDocument pairs = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.At("tests", "Data.Tests", "Rules", "details.json")));
        Assert.Equal(20, pairs.RootElement.GetArrayLength());
        foreach (JsonElement pair in pairs.RootElement.EnumerateArray())
        {
            string Text(string field) => pair.GetProperty(field).GetString()!;
            CorrectiveConversation made = Make(Coco, Text("question"), Text("chosen"), Text("rejected"), turnCount: 40);
            string[] turns = [.. made.Turns.Select(turn => $"{turn.Question} {turn.Answer}")];
            Assert.NotEmpty(made.Errors);
            Assert.All(pair.GetProperty("asked").EnumerateArray(), asked => Assert.Contains(asked.GetString(), turns));
            Assert.All(pair.GetProperty("never").EnumerateArray(), never => Assert.DoesNotContain(turns, turn => turn.Contains(never.GetString()!, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void SynonymList_IsALexicon()
    {
        string path = _folder.Write("synonyms.txt", "\uFEFF# my world\r\nperson, man, woman, child, people, children, men\r\nwombat, vombatus\r\n\r\ndining table, table, desk\r\norange, tangerine\r\n");
        Lexicon lexicon = Lexicon.Load(path);
        Assert.Equal(["person", "wombat", "dining table", "orange"], lexicon.CategoryNames.Take(4));
        Assert.Equal("synonyms", lexicon.Name);
        Assert.Contains("kitchen", lexicon.CategoryNames);
        Assert.DoesNotContain("cat", lexicon.CategoryNames);
        CorrectiveConversation made = Make(lexicon, Describe, "Two men near a desk in a kitchen.", "Three people near a desk and a vombatus in a kitchen.", turnCount: 20);
        Assert.Equal([ErrorKind.Invented, ErrorKind.Count], made.Errors);
        string[] turns = [.. made.Turns.Select(turn => $"{turn.Question} {turn.Answer}")];
        Assert.Contains("Is there a wombat in the image? No, there is no wombat.", turns);
        Assert.Contains("Are there two people in the image? Yes, there are two people.", turns);
        Assert.NotEqual(Lexicon.Load("coco").Hash, lexicon.Hash);
        Assert.Equal(lexicon.Hash, Lexicon.Load(path).Hash);
    }

    [Theory]
    [InlineData("person, man\ncar, ,van", "line 2 has an empty entry between two commas")]
    [InlineData("person, man\n\ndog, man", "line 3 has 'man', which line 1 has already")]
    [InlineData("cat, ...", "line 1 has the entry '...', which holds no word")]
    [InlineData("person, is", "line 1 has 'is', which is a word of grammar")]
    [InlineData("\n# nothing\n", "the file names no category")]
    public void SynonymList_WrongLine_IsNamed(string text, string reason)
    {
        string path = _folder.Write("synonyms.txt", text);
        UserInputException error = Assert.Throws<UserInputException>(() => Lexicon.Load(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SynonymList_OtherBytes_AreRefused() =>
        Assert.Contains("not valid UTF-8", Assert.Throws<UserInputException>(() => Lexicon.Load(_folder.Write("bytes.txt", [0x63, 0xC3, 0x28]))).Message, StringComparison.Ordinal);

    private static string Category(Lexicon lexicon, string noun)
    {
        CorrectiveConversation made = Make(lexicon, Describe, $"There are some {noun} here.", "Some unheard-of gizmo.", turnCount: 40);
        CorrectiveTurn turn = Assert.Single(made.Turns, turn => turn.Question.StartsWith("Is there", StringComparison.Ordinal) && turn.Polarity == TurnPolarity.Yes);
        return turn.Question["Is there ".Length..^" in the image?".Length].Split(' ', 2)[1];
    }

    private static CorrectiveConversation Make(Lexicon lexicon, string question, string chosen, string rejected, int turnCount = 6)
    {
        PreferencePair pair = new("pair", "x.jpg", question, chosen, rejected);
        return new RuleConstructor(Codebook, lexicon, new ConstructionOptions { TurnCount = turnCount }, ConstructionStatistics.Gather([pair], lexicon)).Construct(pair);
    }
}
