using System.Text.Json;
using NSft.Client.Datasets;
using NSft.Client.Output;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Client.Tests.Datasets;

public sealed class SplitAndMixTests : IDisposable
{
    private static readonly IReadOnlyList<SplitPart> Parts = [new SplitPart("train", 0.8), new SplitPart("eval", 0.2)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Split_ByImage_PutsEveryRowIntoOnePartAndNoImageIntoTwo()
    {
        DatasetInput input = Write("a.jsonl", Enumerable.Range(0, 300).Select(row => Row($"r{row}", $"{row % 60}.jpg", "What is " + row)));
        SplitOutcome outcome = Split(input, "parts", seed: 1, byImage: true);

        DatasetRecord[] train = ReadAll(_folder.At("parts/train.jsonl"));
        DatasetRecord[] eval = ReadAll(_folder.At("parts/eval.jsonl"));
        Assert.Equal(300, train.Length + eval.Length);
        Assert.Equal(300, train.Concat(eval).Select(row => row.Id).Distinct().Count());
        Assert.Empty(train.Select(row => row.Images[0].Path).Intersect(eval.Select(row => row.Images[0].Path)));
        Assert.Equal([train.Length, eval.Length], outcome.Parts.Select(part => part.Rows));
    }

    [Fact]
    public void Split_SameSeed_DoesNotDependOnOrderOrOtherRows()
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(row => Row($"r{row}", $"{row}.jpg", "What?"))];
        Split(Write("a.jsonl", rows), "first", seed: 7, byImage: false);
        Split(Write("b.jsonl", rows.Skip(50).Reverse()), "second", seed: 7, byImage: false);
        Split(Write("c.jsonl", rows), "third", seed: 8, byImage: false);

        HashSet<string> first = [.. ReadAll(_folder.At("first/eval.jsonl")).Select(row => row.Id)];
        IEnumerable<string> second = ReadAll(_folder.At("second/eval.jsonl")).Select(row => row.Id);
        Assert.Subset(first, second.ToHashSet());
        Assert.False(first.SetEquals(ReadAll(_folder.At("third/eval.jsonl")).Select(row => row.Id)));
    }

    [Fact]
    public void Split_PartWithoutRows_LeavesNothingBehind()
    {
        DatasetInput input = Write("a.jsonl", [Row("r", "a.jpg", "What?")]);
        UserInputException error = Assert.Throws<UserInputException>(() => Split(input, "parts", seed: 1, byImage: true));
        Assert.Contains("gets no row", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void StagedFolder_FullPlace_IsRefusedAndKept()
    {
        Directory.CreateDirectory(_folder.At("parts"));
        _folder.Write("parts/mine.txt", "mine");
        Assert.Contains("--overwrite", Assert.Throws<UserInputException>(() => new StagedFolder("--out-dir", _folder.At("parts"), false)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.At("parts/mine.txt")));
    }

    [Fact]
    public void StagedFolder_FailingWork_NamesTheUsersPlace()
    {
        StagedFolder staged = new("--out-dir", _folder.At("parts"), false);
        UserInputException error = Assert.Throws<UserInputException>(() => staged.Fill<int>(path => throw new UserInputException($"{path}/train.json: is full")));
        Assert.Equal($"{_folder.At("parts")}/train.json: is full", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Mix_TwoFormats_KeepsSourcesAndMakesIdsUnique()
    {
        DatasetInput first = Write("a.jsonl", Enumerable.Range(0, 40).Select(row => Row($"r{row}", "a.jpg", "What?")));
        DatasetInput second = Write("b.json", ["[" + string.Join(',', Enumerable.Range(0, 40).Select(row => $$"""{"id": "r{{row}}", "image_id": "b.jpg", "question": "Who?", "chosen": "A man.", "reject": "A dog.", "source": "old"}""")) + "]"]);
        Assert.Equal("seva", second.Format.Name);
        DatasetRecord[] mixed = Mix([first, second], [40, 40], [30, 10], seed: 3);

        Assert.Equal(40, mixed.Length);
        Assert.Equal(40, mixed.Select(row => row.Id).Distinct().Count());
        Assert.Equal(30, mixed.Count(row => row.Images[0].Path == "a.jpg" && row.Extensions["source"] == "\"a.jsonl\""));
        Assert.Equal(10, mixed.Count(row => row.Images[0].Path == "b.jpg" && row.Extensions["source"] == "\"old\"" && row.Extensions["mix_source"] == "\"b.json\""));
        Assert.Contains(mixed[..20], row => row.Images[0].Path == "b.jpg");
    }

    [Fact]
    public void Mix_SameSeed_IsTheSameMixture()
    {
        DatasetInput[] inputs = [Write("a.jsonl", Enumerable.Range(0, 50).Select(row => Row($"a{row}", "a.jpg", "What?"))), Write("b.jsonl", Enumerable.Range(0, 50).Select(row => Row($"b{row}", "b.jpg", "What?")))];
        string[] first = [.. Mix(inputs, [50, 50], [20, 20], seed: 1).Select(row => row.Id)];
        Assert.Equal(first, Mix(inputs, [50, 50], [20, 20], seed: 1).Select(row => row.Id));
        Assert.NotEqual(first, Mix(inputs, [50, 50], [20, 20], seed: 2).Select(row => row.Id));
    }

    [Fact]
    public void Mix_WithRepeats_TakesEveryRowAsOftenAsItFits()
    {
        DatasetInput input = Write("a.jsonl", Enumerable.Range(0, 10).Select(row => Row($"r{row}", $"{row}.jpg", "What?")));
        DatasetRecord[] mixed = Mix([input], [10], [25], seed: 1);
        IEnumerable<int> counts = mixed.GroupBy(row => row.Images[0].Path).Select(group => group.Count());
        Assert.Equal([2, 2, 2, 2, 2, 3, 3, 3, 3, 3], counts.Order());
        Assert.Contains(mixed, row => row.Id == "r0-2");
    }

    private SplitOutcome Split(DatasetInput input, string folder, ulong seed, bool byImage)
    {
        DatasetOutput output = new(input.Format, null, null, false);
        Splitter splitter = new(input, output, Parts, seed, byImage);
        return new StagedFolder("--out-dir", _folder.At(folder), false).Fill(path => splitter.Run(path, Silent(), TestContext.Current.CancellationToken));
    }

    private static DatasetRecord[] Mix(DatasetInput[] inputs, long[] counts, long[] taken, ulong seed) =>
        [.. new Mixer(inputs, new DatasetOutput(inputs[0].Format, null, null, false), seed).Mix(counts, taken)];

    private DatasetInput Write(string name, IEnumerable<string> rows) => DatasetInput.Open("--data", _folder.Write(name, string.Join('\n', rows)), null, null);

    private static DatasetRecord[] ReadAll(string path) =>
        [.. DatasetFormats.Detect(path).Read(path, new DatasetReadOptions()).Select(read => Assert.IsType<DatasetRecord>(read.Record))];

    private static string Row(string id, string image, string question) =>
        JsonSerializer.Serialize(new { id, image, question, chosen = "A red cube.", rejected = "A blue ball." });

    private static RowProgress Silent() => new(new CountlessProgress(), 0);

    private sealed class CountlessProgress : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value)
        {
        }
    }
}
