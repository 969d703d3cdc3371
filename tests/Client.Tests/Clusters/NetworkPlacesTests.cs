using NSft.Client.Clusters;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Client.Tests.Clusters;

public sealed class NetworkPlacesTests
{
    private static readonly TrainingOptions Remote = new()
    {
        ModelDirectory = "azblob:models/llava",
        TokenizerPath = "azblob:models/tokenizer.model",
        DataPath = "azblob:data/rows.json",
        ImageDirectory = "azblob:data/images",
    };

    [Fact]
    public void Ensure_AllAtAddresses_Passes() =>
        Assert.Null(Record.Exception(() => NetworkPlaces.Ensure(Remote, "azblob:runs/first", new ElasticOptions(CheckpointDirectory: "azblob:runs/first.checkpoints"))));

    [Fact]
    public void Ensure_APath_NamesItsOption()
    {
        Assert.StartsWith("--data rows.json: is on this machine", MessageOf(Remote with { DataPath = "rows.json" }, "azblob:runs/first", null), StringComparison.Ordinal);
        Assert.StartsWith("--out out: is on this machine", MessageOf(Remote, "out", null), StringComparison.Ordinal);
        Assert.StartsWith("--checkpoints /c: is on this machine", MessageOf(Remote, "azblob:runs/first", "/c"), StringComparison.Ordinal);
    }

    private static string MessageOf(TrainingOptions options, string output, string? checkpoints) =>
        Assert.Throws<UserInputException>(() => NetworkPlaces.Ensure(options, output, new ElasticOptions(CheckpointDirectory: checkpoints))).Message;
}
