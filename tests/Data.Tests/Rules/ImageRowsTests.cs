using System.Text.Json;
using NSft.Data.Construction;

namespace NSft.Data.Tests.Rules;

/// <summary>Statistics and references of a set that is read as a stream.</summary>
public sealed class ImageRowsTests
{
    private static readonly Lexicon Scenes = Lexicon.Load("scenes");

    [Fact]
    public void ReferenceRows_OfAStretch_AreTheFirstOfItsImages()
    {
        ImageRows rows = ImageRows.Of(["a", "b", "a", "c", "b", "a"]);
        Assert.Equal(6, rows.RowCount);
        Assert.Equal([0, 2, 5], rows.ReferenceRows(0, 1));
        Assert.Equal([0, 1, 2, 4, 5], rows.ReferenceRows(1, 2));
        Assert.Empty(rows.ReferenceRows(3, 1));
        ImageRows one = ImageRows.Of(Enumerable.Repeat("same", 1000));
        Assert.Equal(Enumerable.Range(0, ImageRows.LargestReferenceCount), one.ReferenceRows(900, 100));
    }

    [Fact]
    public void Gather_Stream_GivesTheSameConversationsAsInMemory()
    {
        Random random = new(5);
        string[] kinds = ["circle", "star", "moon", "bar"];
        string[] places = ["at the top", "on the left", "in the center"];
        string Scene() => $"The image shows a red {kinds[random.Next(4)]} {places[random.Next(3)]} and a blue {kinds[random.Next(4)]} at the bottom.";
        PreferencePair[] pairs = [.. Enumerable.Range(0, 400).Select(index => new PreferencePair($"p{index}", $"{random.Next(150)}.jpg", "Describe the image.", Scene(), Scene()))];
        ConstructionOptions options = new() { BlockSize = 7 };
        ImageRows rows = ImageRows.Of(pairs.Select(pair => pair.Image));
        ConstructionStatistics streamed = ConstructionStatistics.Gather(OnlyOnce(pairs), Scenes, rows);
        Assert.Empty(streamed.References);
        ConstructionStatistics whole = ConstructionStatistics.Gather(pairs, Scenes);
        Assert.Equal((whole.ImageCount, 150), (streamed.ImageCount, pairs.DistinctBy(pair => pair.Image).Count() + 150 - whole.ImageCount));
        Assert.Equal(whole.TogetherCounts, streamed.TogetherCounts);
        RuleConstructor inMemory = new(VisionErrorCodebook.Load(), Scenes, options, whole);
        List<CorrectiveConversation> blocks = [];
        for (int start = 0; start < pairs.Length; start += options.BlockSize)
        {
            int count = Math.Min(options.BlockSize, pairs.Length - start);
            ConstructionStatistics block = streamed.WithReferences(rows.ReferenceRows(start, count).Select(row => pairs[row]));
            blocks.AddRange(new RuleConstructor(VisionErrorCodebook.Load(), Scenes, options, block).ConstructBlock(pairs[start..(start + count)]));
        }

        Assert.Equal(JsonSerializer.Serialize(inMemory.ConstructBlock(pairs)), JsonSerializer.Serialize(blocks));
    }

    [Fact]
    public void Gather_OtherRowsThanTheImages_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ConstructionStatistics.Gather([new PreferencePair("p", "a", "Q?", "A", "B")], Scenes, ImageRows.Of(["a", "b"])));

    private static IEnumerable<PreferencePair> OnlyOnce(IEnumerable<PreferencePair> pairs)
    {
        bool isStarted = false;
        IEnumerable<PreferencePair> Iterate()
        {
            Assert.False(isStarted, "enumerated twice");
            isStarted = true;
            foreach (PreferencePair pair in pairs)
            {
                yield return pair;
            }
        }

        return Iterate();
    }
}
