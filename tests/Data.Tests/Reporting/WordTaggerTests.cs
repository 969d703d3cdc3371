using NSft.Data.Construction.Reporting;

namespace NSft.Data.Tests.Reporting;

/// <summary>Nouns and verbs of sentences.</summary>
public sealed class WordTaggerTests
{
    [Theory]
    [InlineData("Is there a dog in the picture?", "dog picture", "")]
    [InlineData("Is the man holding a frisbee in his hand?", "man frisbee hand", "hold")]
    [InlineData("No, the man rides a big wave on a surfboard.", "man wave surfboard", "ride")]
    [InlineData("Two children play with a ball in the park.", "child ball park", "play")]
    [InlineData("A woman watches two horse rides near the barn.", "woman horse ride barn", "watch")]
    [InlineData("The sleeping cat lies on the parked car.", "cat car", "lie")]
    [InlineData("Does the sign say \"Stop\"?", "sign", "say")]
    [InlineData("Was this book written by Stephen King?", "book", "write")]
    [InlineData("People walk across the street while a bus stops at the corner.", "person street bus corner", "walk stop")]
    [InlineData("The table is made of wood and covered with plates.", "table wood plate", "make cover")]
    [InlineData("What does the man want to eat?", "man", "want eat")]
    [InlineData("Is the bus red?", "bus", "")]
    [InlineData("A group of skiers are skiing down a snowy slope.", "group skier slope", "ski")]
    [InlineData("Does the woman wear glasses?", "woman glass", "wear")]
    [InlineData("The player hits the ball with a tennis racket.", "player ball tennis racket", "hit")]
    [InlineData("There are several boats floating on the water.", "boat water", "float")]
    [InlineData("A dog that runs after a ball.", "dog ball", "run")]
    [InlineData("Is it true that the dog is not sleeping?", "dog", "sleep")]
    [InlineData("The walk in the park was quickly over.", "walk park", "")]
    [InlineData("Are there three wine glasses on the dining table?", "wine glass table", "")]
    [InlineData("A bird perched on a branch sings.", "bird branch", "perch sing")]
    [InlineData("In 1998 they took 3 photos of Nokia phones.", "photo phone", "take")]
    [InlineData("", "", "")]
    [InlineData("?! ... \"", "", "")]
    public void Sentence_IsTagged(string sentence, string nouns, string verbs)
    {
        IReadOnlyList<TaggedWord> words = WordTagger.Tag(sentence);
        Assert.Equal(nouns, string.Join(' ', words.Where(word => word.Class == WordClass.Noun).Select(word => word.Lemma)));
        Assert.Equal(verbs, string.Join(' ', words.Where(word => word.Class == WordClass.Verb).Select(word => word.Lemma)));
    }
}
