using System.Text;
using NSft.Collectives;
using NSft.Tests;

namespace NSft.Data.Tests;

public sealed class PreferenceReaderTests : IDisposable
{
    private const string Good = """{"id":"good","image":"a.jpg","question":"What is it?","chosen":"A cat.","rejected":"A dog."}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SampleScenes_AllRowsAreUsable()
    {
        ReadOutcome<PreferencePair> outcome = PreferenceReader.Read(
            RepositoryPaths.At("samples", "scenes", "preferences.json"),
            new PreferenceReadOptions { ImageDirectory = RepositoryPaths.At("samples", "scenes", "images"), Strict = true });
        Assert.Equal(627, outcome.Rows.Count);
        Assert.Empty(outcome.Problems);
        Assert.Equal("pair-0", outcome.Rows[0].Id);
        Assert.Equal(627, outcome.Rows[^1].Row);
    }

    [Theory]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"x","rejected":"y"}""", null)]
    [InlineData("""{"image":"a.jpg","question":"<image>\nq","chosen":"x","rejected":"y"}""", null)]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"x","reject":"y"}""", null)]
    [InlineData("""{"image_id":"a.jpg","question":"q","chosen":"x","reject":"y"}""", null)]
    [InlineData("""{"images":["a.jpg"],"question":"q","chosen":"x","reject":"y"}""", null)]
    [InlineData("""{"id":7,"image":"a.jpg","question":"q","chosen":"x","rejected":"y"}""", null)]
    [InlineData("""{"question":"q","chosen":"x","rejected":"y"}""", "'image' is missing")]
    [InlineData("""{"image":"","question":"q","chosen":"x","rejected":"y"}""", "'image' is empty")]
    [InlineData("""{"image":"b.jpg","question":"q","chosen":"x","rejected":"y"}""", "'b.jpg' is not in")]
    [InlineData("""{"images":["a.jpg","a.jpg"],"question":"q","chosen":"x","rejected":"y"}""", "not a list of one image")]
    [InlineData("""{"image":"a.jpg","chosen":"x","rejected":"y"}""", "'question' is missing")]
    [InlineData("""{"image":"a.jpg","question":"  ","chosen":"x","rejected":"y"}""", "'question' is empty")]
    [InlineData("""{"image":"a.jpg","question":"<image>","chosen":"x","rejected":"y"}""", "holds no question")]
    [InlineData("""{"image":"a.jpg","question":"<image><image> q","chosen":"x","rejected":"y"}""", "2 <image> markers")]
    [InlineData("""{"image":"a.jpg","question":"q","rejected":"y"}""", "'chosen' is missing")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":5,"rejected":"y"}""", "'chosen' is not text")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":null,"rejected":"y"}""", "'chosen' is missing")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"x"}""", "'rejected' is missing")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"x","rejected":"\t\n"}""", "'rejected' is empty")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"A  Cat.","rejected":" a cat"}""", "the same answer")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"x</s>","rejected":"y"}""", "template token '</s>'")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"x","rejected":"USER: y"}""", "template token 'USER:'")]
    [InlineData("""{"image":"a.jpg","question":"q ASSISTANT: ha","chosen":"x","rejected":"y"}""", "template token 'ASSISTANT:'")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"see <image>","rejected":"y"}""", "template token '<image>'")]
    [InlineData("""{"image":"a.jpg","question":"q","chosen":"\ud800","rejected":"y"}""", "not valid Unicode")]
    [InlineData("""{"\ud800uestion":1,"image":"a.jpg","question":"q","chosen":"x","rejected":"y"}""", "not valid Unicode")]
    [InlineData("""{"id":"good","image":"a.jpg","question":"q","chosen":"x","rejected":"y"}""", "used by an earlier row")]
    [InlineData("""{"id":{},"image":"a.jpg","question":"q","chosen":"x","rejected":"y"}""", "neither text nor a number")]
    [InlineData("""[1]""", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    public void Read_SecondRow_IsUsedOrNamed(string row, string? reason)
    {
        _folder.Write("a.jpg", "x");
        PreferenceReadOptions options = new() { ImageDirectory = _folder.Root };
        string lines = _folder.Write("rows.jsonl", Good + "\n\n" + row + "\n");
        string array = _folder.Write("rows.json", "[" + Good + ",\n" + row + "]");
        foreach (string path in new[] { lines, array })
        {
            ReadOutcome<PreferencePair> outcome = PreferenceReader.Read(path, options);
            Assert.Equal(reason is null ? 2 : 1, outcome.Rows.Count);
            if (reason is null)
            {
                Assert.Empty(outcome.Problems);
                continue;
            }

            RowProblem problem = Assert.Single(outcome.Problems);
            Assert.Equal((path, 2), (problem.File, problem.Row));
            Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
            Assert.NotEmpty(problem.Hint);
            UserInputException strict = Assert.Throws<UserInputException>(() => PreferenceReader.Read(path, options with { Strict = true }));
            Assert.StartsWith($"{path}: row 2", strict.Message, StringComparison.Ordinal);
            Assert.Contains("1 of 2 rows", strict.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', strict.Message);
        }
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n ", "the file is empty")]
    [InlineData("[]", "holds no rows")]
    [InlineData("hello", "neither a JSON array of rows nor")]
    [InlineData("{\n \"rows\": []\n}", "neither a JSON array of rows nor")]
    [InlineData("[{\"id\": 1},\n {\"id\" 2}]", "not valid JSON at line 2")]
    [InlineData("[{\"id\": 1}", "not valid JSON at line 1")]
    [InlineData("[{\"id\": 1}]]", "not valid JSON at line 1, position 12")]
    [InlineData("[{\"id\": 1}, {}]", "2 of 2 rows cannot be used")]
    public void Read_UnusableFile_SaysWhyOnOneLine(string text, string reason)
    {
        string path = _folder.Write("bad.json", text);
        UserInputException error = Assert.Throws<UserInputException>(() => PreferenceReader.Read(path, new PreferenceReadOptions()));
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Read_MissingFile_NamesIt()
    {
        string path = Path.Combine(_folder.Root, "none.json");
        Assert.Contains("none.json: no such file", Assert.Throws<UserInputException>(() => PreferenceReader.Read(path, new PreferenceReadOptions())).Message, StringComparison.Ordinal);
        Assert.Throws<UserInputException>(() => PreferenceReader.Read(_folder.Root, new PreferenceReadOptions()));
    }

    [Fact]
    public void Read_InvalidUtf8_IsThatRowsProblem()
    {
        byte[] bad = [.. Encoding.UTF8.GetBytes("""{"image":"a.jpg","question":"q","chosen":"x"""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\",\"rejected\":\"y\"}")];
        byte[] good = Encoding.UTF8.GetBytes(Good);
        string lines = _folder.Write("utf8.jsonl", [0xEF, 0xBB, 0xBF, .. bad, (byte)'\r', (byte)'\n', .. good]);
        string array = _folder.Write("utf8.json", [0xEF, 0xBB, 0xBF, (byte)'[', .. bad, (byte)',', .. good, (byte)']']);
        foreach (string path in new[] { lines, array })
        {
            ReadOutcome<PreferencePair> outcome = PreferenceReader.Read(path, new PreferenceReadOptions());
            Assert.Equal("good", Assert.Single(outcome.Rows).Id);
            Assert.Equal((1, "text is not valid UTF-8"), (outcome.Problems[0].Row, outcome.Problems[0].Reason));
        }
    }

    [Fact]
    public void Read_MalformedLine_NamesLineAndPosition()
    {
        string path = _folder.Write("rows.jsonl", Good + "\n\n{\"image\" 3}\n" + Good.Replace("good", "other", StringComparison.Ordinal));
        ReadOutcome<PreferencePair> outcome = PreferenceReader.Read(path, new PreferenceReadOptions());
        Assert.Equal(2, outcome.Rows.Count);
        Assert.Equal("not valid JSON at line 3, position 10", Assert.Single(outcome.Problems).Reason);
        Assert.Equal(2, outcome.Problems[0].Row);
    }

    [Fact]
    public void Read_UnknownFields_AreKeptAsTheyAre()
    {
        string path = _folder.Write("rows.json", """[{"image":"a.jpg","question":"q","chosen":"x","rejected":"y","score":0.50,"meta":{"a":[1,2]}}]""");
        PreferencePair pair = Assert.Single(PreferenceReader.Read(path, new PreferenceReadOptions()).Rows);
        Assert.Equal("row-1", pair.Id);
        Assert.Equal("0.50", pair.Extensions["score"]);
        Assert.Equal("""{"a":[1,2]}""", pair.Extensions["meta"]);
        Assert.Equal(2, pair.Extensions.Count);
    }

    [Fact]
    public void Read_SupervisedFineTuning_NeedsNoRejected()
    {
        string path = _folder.Write("rows.json", """[{"image":"a.jpg","question":"q","chosen":"x"}]""");
        PreferencePair pair = Assert.Single(PreferenceReader.Read(path, new PreferenceReadOptions { RequireRejected = false }).Rows);
        Assert.Equal("", pair.Rejected);
    }

    [Fact]
    public void Read_RandomDamage_NeverFailsOtherwise()
    {
        byte[] text = Encoding.UTF8.GetBytes("[" + Good + ",\n" + Good.Replace("good", "two", StringComparison.Ordinal) + "]");
        byte[] lines = Encoding.UTF8.GetBytes(Good + "\n" + Good.Replace("good", "two", StringComparison.Ordinal) + "\n");
        Random random = new(7);
        int refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. round % 2 == 0 ? text : lines];
            int hits = random.Next(1, 4);
            for (int hit = 0; hit < hits; hit++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            int length = random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length;
            string path = _folder.Write("fuzz", damaged[..length]);
            try
            {
                ReadOutcome<PreferencePair> outcome = PreferenceReader.Read(path, new PreferenceReadOptions());
                Assert.NotEmpty(outcome.Rows);
                refused += outcome.Problems.Count;
            }
            catch (UserInputException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
        }

        Assert.True(refused > 500);
    }
}
