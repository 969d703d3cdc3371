using NSft.Data.Construction;

namespace NSft.Data.Tests;

/// <summary>Random worlds with repeated objects: whatever the texts, no answer may be false.</summary>
public sealed class ConstructionPropertyTests
{
    private static readonly string[] Objects = ["circle", "star", "arrow", "moon"];
    private static readonly string[] Colors = ["red", "orange", "blue"];
    private static readonly string[] Places = ["at the top left", "at the top", "on the left", "in the center", "on the right"];

    [Fact]
    public void Construct_RandomScenesWithRepeats_NeverContradictsChosen()
    {
        Random random = new(11);
        Lexicon lexicon = Lexicon.Load("scenes");
        List<PreferencePair> pairs = [];
        List<List<Item>> truths = [];
        for (int index = 0; index < 1500; index++)
        {
            List<Item> truth = Scene(random);
            List<Item> wrong = [.. truth.Select(item => random.Next(3) == 0 ? Change(item, random) : item).Where(_ => random.Next(6) > 0), .. Scene(random).Take(random.Next(3))];
            truths.Add(truth);
            pairs.Add(new PreferencePair($"p{index}", $"{index}.jpg", "Describe the image.", Caption(truth), Caption(wrong)));
        }

        ConstructionOptions options = new() { TurnCount = 12 };
        RuleConstructor constructor = new(VisionErrorCodebook.Load(), lexicon, options, ConstructionStatistics.Gather(pairs, lexicon));
        IReadOnlyList<CorrectiveConversation> made = constructor.ConstructBlock(pairs);
        for (int index = 0; index < made.Count; index++)
        {
            Assert.All(made[index].Turns, turn => Assert.True(
                IsTrue(truths[index], turn.Question) == (turn.Polarity == TurnPolarity.Yes), $"{pairs[index].Chosen} | {pairs[index].Rejected} | {turn}"));
        }

        Assert.Superset(
            new HashSet<ErrorKind> { ErrorKind.Invented, ErrorKind.Missed, ErrorKind.Attribute, ErrorKind.Position },
            made.SelectMany(item => item.Errors).ToHashSet());
        Assert.InRange(ConstructionSummary.Of(made).YesShare, 0.45, 0.55);
    }

    [Fact]
    public void Construct_RandomText_NeverFails()
    {
        string[] words =
        [
            "a", "an", "the", "no", "not", "is", "are", "and", "or", "red", "orange", "star", "stars", "two", "7", "on the left", "left of", ",", ".", "?", "Yes", "No",
            "objects", "there", "of", "at the top", "how many", "is there", "\uFFFD", "zebra", "'s", "-", "\n", "people", "several", "dog", "bench", "under",
        ];
        Random random = new(3);
        foreach (string name in new[] { "scenes", "coco" })
        {
            Lexicon lexicon = Lexicon.Load(name);
            List<PreferencePair> pairs = [.. Enumerable.Range(0, 3000).Select(index => new PreferencePair($"p{index}", $"{index / 2}.jpg", Words(words, random), Words(words, random), Words(words, random)))];
            ConstructionStatistics statistics = ConstructionStatistics.Gather(pairs, lexicon);
            foreach (CorrectiveConversation made in new RuleConstructor(VisionErrorCodebook.Load(), lexicon, new ConstructionOptions(), statistics).ConstructBlock(pairs))
            {
                Assert.InRange(made.Turns.Count, 0, 6);
                Assert.All(made.Turns, turn => Assert.DoesNotContain('{', turn.Question + turn.Answer));
            }
        }
    }

    private static string Words(string[] words, Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => words[random.Next(words.Length)]));

    private static List<Item> Scene(Random random) => [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Change(new Item("", "", ""), random)).DistinctBy(item => item.Place)];

    private static Item Change(Item item, Random random)
    {
        int what = item.Object.Length == 0 ? 7 : random.Next(1, 7);
        return new Item(
            (what & 1) != 0 ? Objects[random.Next(Objects.Length)] : item.Object,
            (what & 2) != 0 ? Colors[random.Next(Colors.Length)] : item.Color,
            (what & 4) != 0 ? Places[random.Next(Places.Length)] : item.Place);
    }

    private static string Caption(List<Item> items)
    {
        string[] phrases = [.. items.Select(item => $"{(item.Color == "orange" ? "an" : "a")} {item.Color} {item.Object} {item.Place}")];
        return phrases.Length == 0 ? "The image shows nothing." : $"The image shows {string.Join(", ", phrases)}.";
    }

    private static bool IsTrue(List<Item> truth, string question)
    {
        string text = question.TrimEnd('?');
        string? kind = Objects.SingleOrDefault(item => text.Contains(" " + item, StringComparison.Ordinal));
        string? color = Colors.SingleOrDefault(item => text.Contains(item, StringComparison.Ordinal));
        string? place = Places.SingleOrDefault(item => text.Contains(item + " of the image", StringComparison.Ordinal));
        List<Item> same = [.. truth.Where(item => item.Object == kind)];
        if (text.StartsWith("Is the ", StringComparison.Ordinal) && !text.StartsWith("Is there", StringComparison.Ordinal))
        {
            List<Item> meant = color is null || place is null ? same : [.. same.Where(item => item.Place == place)];
            Item one = Assert.Single(meant);
            return (color is null || one.Color == color) && (place is null || one.Place == place);
        }

        return same.Exists(item => (color is null || item.Color == color) && (place is null || item.Place == place));
    }

    private sealed record Item(string Object, string Color, string Place);
}
