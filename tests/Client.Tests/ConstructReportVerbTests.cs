using System.Text.Json;
using System.Xml.Linq;

namespace NSft.Client.Tests;

public sealed class ConstructReportVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_OfWhatConstructWrote_TellsItAllAndDrawsIt()
    {
        await File.WriteAllTextAsync(
            _folder.At("pairs.json"),
            """
            [{"id": "a", "image": "a.jpg", "question": "Who wrote this book?", "chosen": "Stephen King", "rejected": "J. K. Rowling"},
             {"id": "b", "image": "b.jpg", "question": "What is the man holding?", "chosen": "a frisbee", "rejected": "a kite"},
             {"id": "c", "image": "c.jpg", "question": "Describe the image.", "chosen": "A dog chases a ball.", "rejected": "A dog chases a cat."}]
            """,
            TestContext.Current.CancellationToken);
        string output = _folder.At("corrective.json");
        ConsoleResult made = await ConsoleProcess.RunAsync("construct", "--data", _folder.At("pairs.json"), "--lexicon", "coco", "--silos", "1", "--out", output);
        Assert.Equal(0, made.ExitCode);

        JsonElement report = (await ConsoleProcess.RunAsync("construct", "report", "--data", output, "--against", output, "--top", "2", "--picture", _folder.At("words.svg"), "--json")).Json();
        JsonElement data = report.GetProperty("data");
        Assert.Equal(3, data.GetProperty("conversations").GetInt32());
        Assert.Equal(data.GetProperty("turns").GetInt32(), data.GetProperty("turnsByPolarity").EnumerateObject().Sum(entry => entry.Value.GetInt32()));
        Assert.Equal(3, data.GetProperty("errorsByKind").EnumerateObject().Sum(entry => entry.Value.GetInt32()));
        Assert.Equal(2, data.GetProperty("nouns").GetArrayLength());
        Assert.Equal(["hold", "write"], data.GetProperty("verbs").EnumerateArray().Select(verb => verb.GetProperty("word").GetString()!));
        Assert.Equal(3, data.GetProperty("job").GetProperty("pairs").GetInt32());
        Assert.Equal(data.ToString(), report.GetProperty("against").ToString());
        Assert.Equal("svg", XDocument.Load(_folder.At("words.svg")).Root!.Name.LocalName);

        ConsoleResult text = await ConsoleProcess.RunAsync("construct", "report", "--data", output, "--top", "3");
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("in 3 conversations", text.Output, StringComparison.Ordinal);
        Assert.Contains("of 3 pairs", text.Output, StringComparison.Ordinal);
    }
}
