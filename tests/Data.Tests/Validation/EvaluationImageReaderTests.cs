using NSft.Collectives;
using NSft.Data.Formats;
using NSft.Data.Validation;

namespace NSft.Data.Tests.Validation;

public sealed class EvaluationImageReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("q.jsonl", "{\"question_id\": 7, \"image\": \"a.jpg\", \"text\": \"b.jpg\"}\n{\"image\": \"c.jpg\"}\n")]
    [InlineData("q.json", "[{\"images\": [\"a.jpg\", \"c.jpg\"], \"label\": [\"b.jpg\"]}, \"b.jpg\"]")]
    [InlineData("q.json", "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\", \"url\": \"b.jpg\"}, {\"file_name\": \"c.jpg\"}], \"annotations\": [{\"caption\": \"b.jpg\"}]}")]
    [InlineData("q.json", "\uFEFF{\"x\": {\"imageId\": \"a.jpg\"}, \"y\": {\"imageId\": \"c.jpg\", \"n\": [1, {\"k\": \"b.jpg\"}]}}")]
    [InlineData("names.txt", "a.jpg\n\n c.jpg \n")]
    public void Read_AnyEvaluation_TakesImageFieldsAlone(string name, string text)
    {
        EvaluationImages images = new();
        EvaluationImageReader.Read(_folder.Write(name, text), images);
        Assert.NotNull(images.Find(new DatasetImage("a.jpg", null)));
        Assert.NotNull(images.Find(new DatasetImage("c.jpg", null)));
        Assert.Null(images.Find(new DatasetImage("b.jpg", null)));
    }

    [Fact]
    public void Read_NumbersOfCoco_AreFoundUnderEveryName()
    {
        EvaluationImages images = new();
        EvaluationImageReader.Read(_folder.Write("captions.json", """{"annotations": [{"image_id": 42, "id": 43}]}"""), images);
        Assert.Equal(42, images.Find(new DatasetImage("train2017/000000000042.jpg", null))?.CocoNumber);
        Assert.Null(images.Find(new DatasetImage("train2017/000000000043.jpg", null)));
    }

    [Fact]
    public void Read_LongFile_IsStreamedAcrossBuffers()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 5000).Select(row => $$"""{"image": "{{row}}.jpg", "text": "{{new string('x', row % 97)}}"}"""));
        EvaluationImages images = new();
        EvaluationImageReader.Read(_folder.Write("q.jsonl", rows), images);
        Assert.Equal(5000, images.Count);
    }

    [Theory]
    [InlineData("""{"question": "a.jpg"}""", "no images are named")]
    [InlineData("""{"image": """, "not valid JSON")]
    public void Read_FileWithoutImages_IsRefused(string text, string reason)
    {
        string path = _folder.Write("q.json", text);
        UserInputException error = Assert.Throws<UserInputException>(() => EvaluationImageReader.Read(path, new EvaluationImages()));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
