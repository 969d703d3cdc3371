using System.Text;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Tests;

namespace NSft.Data.Tests;

/// <summary>The editable data files: what is wrong with them is said on one line that names file and entry.</summary>
public sealed class ConstructionFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"name\": \"circle\"", "\"nam\": \"circle\"", "categories[0] has an unknown field 'nam'")]
    [InlineData("\"name\": \"circle\"", "\"name\": \"star\"", "categories[3] 'star' uses the phrase 'star'")]
    [InlineData("\"name\": \"circle\"", "\"name\": \" \"", "categories[0] ' '.name is not a text")]
    [InlineData("\"name\": \"circle\"", "\"name\": 3", "categories[0].name is not a text")]
    [InlineData("\"complete\"", "\"all\"", "descriptions is neither 'complete' nor 'partial'")]
    [InlineData("\"covers\": []", "\"covers\": [{\"name\": \"figure\", \"categories\": [\"oval\"]}]", "covers[0] 'figure'.categories[0] 'oval' is not the name of a category")]
    [InlineData("[\"to the right of\"]", "[\"beyond\"]", "relations.values[0] 'to the left of' names 'beyond' under 'opposes'")]
    [InlineData("\"exclusive\": true", "\"exclusive\": 1", "exclusive is neither true nor false")]
    [InlineData("\"two\": 2", "\"two\": -2", "numbers.two is not a whole number")]
    [InlineData("\"grammar\"", "\"grammer\"", "unknown field 'grammer'")]
    [InlineData("\"placeSuffix\": \"of the image\",", "", "the file lacks the field 'placeSuffix'")]
    [InlineData("\"articles\": [", "\"articles\": [[],", "grammar.articles[0] is not a text")]
    [InlineData("\"ignored\": []", "\"ignored\": [", "not valid JSON at line")]
    public void Lexicon_WrongEntry_IsNamed(string old, string broken, string reason) => Refused("lexicons/scenes.json", old, broken, reason, path => Lexicon.Load(path));

    [Theory]
    [InlineData("Is there {a} {object} in the image?", "Is there {a} {thing} in the image?", "codes[0] 'existence'.forms.object.question has an unknown slot {thing}")]
    [InlineData("Is there {a} {object} in the image?", "There is {a} {object}.", "does not end with a question mark")]
    [InlineData("Yes, there is {a} {object}.", "Sure.", "codes[0] 'existence'.forms.object.yes does not start with 'Yes'")]
    [InlineData("No, there is no {object}.", "Never.", "codes[0] 'existence'.forms.object.no does not start with 'No'")]
    [InlineData("\"object\": {", "\"thing\": {", "forms.thing is not a known form")]
    [InlineData("\"count\": {", "\"object\": {", "forms.object is given twice")]
    [InlineData("\"level\": \"instance\"", "\"level\": \"low\"", "level is neither 'instance' nor 'image'")]
    [InlineData("\"code\": \"attribute\"", "\"code\": \"existence\"", "codes[1] 'existence' repeats a code")]
    [InlineData("\"codes\": [", "\"codes\": 3, \"x\": [", "unknown field 'x'")]
    public void Codebook_WrongEntry_IsNamed(string old, string broken, string reason) => Refused("codebook.json", old, broken, reason, path => VisionErrorCodebook.Load(path));

    [Fact]
    public void Load_UnknownName_ListsTheBundledOnes()
    {
        Assert.Contains("(coco, scenes)", Assert.Throws<UserInputException>(() => Lexicon.Load("nowhere")).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<UserInputException>(() => VisionErrorCodebook.Load(Path.Combine(_folder.Root, "x.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("is not a JSON object", Assert.Throws<UserInputException>(() => Lexicon.Load(_folder.Write("list.json", "[]"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Bundled_HasHashesAndEntries()
    {
        VisionErrorCodebook codebook = VisionErrorCodebook.Load();
        Assert.Equal(["existence", "attribute", "count", "action", "position", "relation", "scene", "other"], codebook.Entries.Select(entry => entry.Code));
        Assert.Equal(12, Lexicon.Load("scenes").CategoryNames.Count);
        Assert.Equal(80, Lexicon.Load("coco").CategoryNames.Take(80).Count());
        Assert.NotEqual(Lexicon.Load("coco").Hash, Lexicon.Load("scenes").Hash);
        string copy = _folder.Write("copy.json", File.ReadAllBytes(Resource("lexicons/scenes.json")));
        Assert.Equal(Lexicon.Load("scenes").Hash, Lexicon.Load(copy).Hash);
    }

    [Fact]
    public void Codebook_WithoutAForm_DoesNotAskIt()
    {
        string text = File.ReadAllText(Resource("codebook.json"));
        int start = text.IndexOf("        \"attribute\": {", StringComparison.Ordinal);
        int end = text.IndexOf("        \"placed attribute\"", StringComparison.Ordinal);
        VisionErrorCodebook codebook = VisionErrorCodebook.Load(_folder.Write("own.json", text[..start] + text[end..]));
        Lexicon lexicon = Lexicon.Load("scenes");
        PreferencePair pair = new("p", "x.jpg", "Describe the image.", "The image shows a red star on the left.", "The image shows a blue star on the left.");
        CorrectiveConversation made = new RuleConstructor(codebook, lexicon, new ConstructionOptions(), ConstructionStatistics.Gather([pair], lexicon)).Construct(pair);
        Assert.Equal([ErrorKind.Attribute], made.Errors);
        Assert.NotEmpty(made.Turns);
        Assert.DoesNotContain(made.Turns, turn => turn.Question.StartsWith("Is the star red", StringComparison.Ordinal));
    }

    [Fact]
    public void Lexicon_OwnWorld_WorksFromTheFileAlone()
    {
        string text = File.ReadAllText(Resource("lexicons/scenes.json"))
            .Replace("\"circle\"", "\"umbrella\"", StringComparison.Ordinal)
            .Replace("{\"name\": \"star\"}", "{\"name\": \"mouse\", \"plural\": \"mice\", \"synonyms\": [\"rodent\"]}", StringComparison.Ordinal);
        Lexicon lexicon = Lexicon.Load(_folder.Write("own.json", text));
        PreferencePair pair = new("p", "x.jpg", "Describe the image.", "The image shows a red rodent.", "The image shows a red mouse and an umbrella.");
        CorrectiveConversation made = new RuleConstructor(VisionErrorCodebook.Load(), lexicon, new ConstructionOptions(), ConstructionStatistics.Gather([pair], lexicon)).Construct(pair);
        Assert.Equal([ErrorKind.Invented], made.Errors);
        Assert.Contains(made.Turns, turn => turn.Question == "Is there an umbrella in the image?" && turn.Answer == "No, there is no umbrella.");
        Assert.Contains(made.Turns, turn => turn.Question == "Is there a mouse in the image?" && turn.Answer == "Yes, there is a mouse.");
    }

    private static string Resource(string name) => RepositoryPaths.At(["src", "Data", "Resources", .. name.Split('/')]);

    private void Refused(string name, string old, string broken, string reason, Action<string> load)
    {
        string text = File.ReadAllText(Resource(name));
        int place = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(place >= 0, old);
        string path = _folder.Write("broken.json", Encoding.UTF8.GetBytes(text[..place] + broken + text[(place + old.Length)..]));
        UserInputException error = Assert.Throws<UserInputException>(() => load(path));
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
