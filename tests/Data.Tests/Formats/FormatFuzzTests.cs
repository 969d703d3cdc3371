using System.Text;
using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Data.Tests.Formats;

public sealed class FormatFuzzTests : IDisposable
{
    private const int RoundsPerFormat = 160;
    private const int Seed = 4;

    private static readonly string[] WrongValues =
    [
        "null", "true", "false", "0", "-1e400", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"<image><image>\"", "\"data:image/png;base64,!\"", "\"data:;base64,/9j/\"",
        "[]", "[null]", "[[]]", "[\"a\",\"b\"]", "{}", "{\"a\":1}", "{\"\\ud800\":1}", "[{\"type\":\"image\"}]", "[{\"type\":\"text\"}]", "{\"bytes\":\"!\"}", "{\"bytes\":\"\",\"path\":null}",
        "[{\"from\":\"gpt\",\"value\":\"x\"}]", "[{\"role\":\"tool\",\"content\":null}]",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => [.. DatasetFormats.All.Select(format => format.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_DamagedFile_GivesRowsProblemsOrOneLine(string name)
    {
        Random random = new(Seed);
        byte[][] samples = [.. Samples(name).Select(Encoding.UTF8.GetBytes)];
        int refused = 0;
        for (int round = 0; round < RoundsPerFormat; round++)
        {
            byte[] damaged = Damage(samples[round % samples.Length], round, random);
            refused += Try(name, _folder.Write(round % 3 == 0 ? "desc.jsonl" : "rows.json", damaged));
        }

        Assert.True(refused > RoundsPerFormat / 4, $"{refused} refused");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_WrongTypeAtEveryField_GivesRowsOrProblems(string name)
    {
        int refused = 0;
        int count = 0;
        List<DatasetRecord> records = [];
        foreach (string sample in Samples(name))
        {
            string[] changed = [.. Changed(sample)];
            bool isRow = sample[0] == '[' && name != "ha-dpo";
            foreach (string text in isRow ? [string.Join('\n', changed.Prepend(sample.Trim()).Select(rows => rows[1..^1]))] : changed)
            {
                count++;
                refused += Try(name, _folder.Write("rows.json", text), records);
            }
        }

        Assert.True(refused > 20, $"{refused} refused in {count} files");
        WriteEverywhere(records);
    }

    [Fact]
    public void Read_DamagedRegistry_GivesRowsOrOneLine()
    {
        const string Registry = """{"a": {"file_name": "rows.json", "formatting": "sharegpt", "ranking": true, "columns": {"messages": "conversations", "images": "images", "chosen": "chosen", "rejected": "rejected"}, "tags": {"role_tag": "from"}}}""";
        _folder.Write("rows.json", LlamaFactory);
        Random random = new(Seed);
        int refused = 0;
        foreach (string changed in Changed(Registry))
        {
            refused += Try("llamafactory", _folder.Write("dataset_info.json", changed));
        }

        for (int round = 0; round < RoundsPerFormat; round++)
        {
            refused += Try("llamafactory", _folder.Write("dataset_info.json", Damage(Encoding.UTF8.GetBytes(Registry), round, random)));
        }

        Assert.True(refused > RoundsPerFormat / 2, $"{refused} refused");
    }

    private const string LlamaFactory = """
        [{"conversations": [{"from": "human", "value": "<image>What?"}], "chosen": {"from": "gpt", "value": "A cat."}, "rejected": {"from": "gpt", "value": "A dog."}, "images": ["a.jpg"]}]
        """;

    private static IEnumerable<string> Samples(string name) => name switch
    {
        "llamafactory" => [LlamaFactory, """[{"instruction": "Add.", "input": "1", "output": "3", "history": [["Hi", "Hello."]], "system": "S"}]"""],
        "ocrvqa" => ["""{"1": {"imageURL": "a/b.gif", "questions": ["a", "b"], "answers": ["c", "d"]}, "2": {"questions": ["a"], "answers": ["c"]}}"""],
        "textcaps" => ["""{"v": 1, "data": [{"image_id": "a", "question": "", "caption_str": "b"}, {"image_id": "b", "reference_strs": ["c", "d"]}]}"""],
        "ha-dpo" =>
        [
            """{"1": {"chosen": ["a", "b"], "rejected": ["c"]}, "2": {"chosen": ["a"], "rejected": ["c"]}}""",
            """[{"image_id": 5, "question": "Is it?", "chosen": "No.", "reject": "Yes.", "answer": "no", "correct": false}, {"image_id": "6", "question": "q", "chosen": "a", "correct": true}]""",
        ],
        _ => FormatSamples.Of(name).Select(row => $"[{row}]"),
    };

    private static IEnumerable<string> Changed(string text)
    {
        List<JsonNode> places = [];
        JsonNode root = JsonNode.Parse(text)!;
        Collect(root, places);
        const string Hole = "\"--hole--\"";
        for (int place = 0; place < places.Count; place++)
        {
            List<JsonNode> own = [];
            JsonNode copy = JsonNode.Parse(text)!;
            Collect(copy, own);
            JsonNode hole = JsonNode.Parse(Hole)!;
            if (own[place].Parent is JsonObject parent)
            {
                string key = own[place].GetPropertyName();
                parent[key] = hole;
                string holed = copy.ToJsonString();
                yield return holed.Replace(Hole, $"1, {Encode(key)}: {Hole}", StringComparison.Ordinal);
                parent.Remove(key);
                yield return copy.ToJsonString();
                parent[key] = JsonNode.Parse(Hole);
            }
            else
            {
                own[place].ReplaceWith(hole);
            }

            string with = copy.ToJsonString();
            foreach (string wrong in WrongValues)
            {
                yield return with.Replace(Hole, wrong, StringComparison.Ordinal);
            }
        }
    }

    private static string Encode(string key) => JsonValue.Create(key).ToJsonString();

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (JsonNode child in children.OfType<JsonNode>())
        {
            places.Add(child);
            Collect(child, places);
        }
    }

    private static byte[] Damage(byte[] text, int round, Random random)
    {
        int place = random.Next(text.Length);
        byte[] At(string insertion) => [.. text[..place], .. Encoding.UTF8.GetBytes(insertion), .. text[place..]];
        switch (round % 16)
        {
            case 0:
                return text[..place];
            case 1:
                return At(new string('[', 100_000));
            case 2:
                return At(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
            case 3:
                return At(new string('9', 5_000));
            case 4:
                return At("1e999999999");
            case 5:
                return [.. text[..place], 0xC3, 0x28, 0xFF, .. text[place..]];
            case 6:
                return [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(text))];
            case 7:
                return At("\0\0");
            case 8:
                return At(new string('x', 1 << 20));
            case 9:
                return [.. text, .. text];
            case 10:
                return At("\\ud800");
            case 11:
                return [0xEF, 0xBB, 0xBF, .. text[place..], .. text[..place]];
            case 12:
                return At("\"" + new string('\\', random.Next(5)));
            default:
                byte[] damaged = [.. text];
                for (int hit = random.Next(1, 5); hit > 0; hit--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                return damaged;
        }
    }

    // How many rows were refused, or 1 for the file.
    private static int Try(string name, string path, List<DatasetRecord>? records = null)
    {
        int refused = 0;
        try
        {
            _ = DatasetFormats.Detect(path);
        }
        catch (UserInputException error)
        {
            AssertLine(error.Message);
        }

        try
        {
            foreach (RecordRead read in DatasetFormats.ByName(name).Read(path, new DatasetReadOptions()))
            {
                Assert.True(read.Record is null != read.Problem is null);
                if (read.Problem is RowProblem problem)
                {
                    AssertLine(problem.ToString());
                    refused++;
                }
                else
                {
                    records?.Add(read.Record!);
                    _ = DatasetConversion.ToPair(read.Record!, path);
                }
            }
        }
        catch (UserInputException error)
        {
            AssertLine(error.Message);
            refused++;
        }

        return refused;
    }

    private void WriteEverywhere(List<DatasetRecord> records)
    {
        string folder = Path.Combine(_folder.Root, "out");
        foreach (IDatasetFormat format in DatasetFormats.All)
        {
            DatasetWriteOptions options = new() { LeftOut = problem => AssertLine(problem.ToString()), ImageDirectory = Path.Combine(folder, "images") };
            format.Write(Path.Combine(folder, "rows.json"), records.Select(record => record with { Source = null }), options);
        }
    }

    private static void AssertLine(string message) => Assert.True(
        message.Length is > 0 and < 2_000 && !message.Any(letter => letter is '\n' or '\r'), message[..Math.Min(message.Length, 3_000)]);
}
