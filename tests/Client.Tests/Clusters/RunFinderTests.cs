using NSft.Client.Clusters;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Tests.Clusters;

public sealed class RunFinderTests
{
    private static readonly RunSummary[] Runs =
    [
        Run("run-12ab34cd", "first", 1),
        Run("run-12ff0000", null, 3),
        Run("run-9a000000", "second", 2),
        Run("run-77000000", "first", 0),
    ];

    [Theory]
    [InlineData("run-12ab34cd", "run-12ab34cd")]
    [InlineData("run-9", "run-9a000000")]
    [InlineData("9a", "run-9a000000")]
    [InlineData("12f", "run-12ff0000")]
    [InlineData("first", "run-12ab34cd")]
    [InlineData("sec", "run-9a000000")]
    [InlineData("last", "run-12ff0000")]
    public void Find_UniqueWord_GivesTheRun(string word, string expected) => Assert.Equal(expected, RunFinder.Find(word, Runs).RunId);

    [Theory]
    [InlineData("run-12", "2 runs")]
    [InlineData("fist", "did you mean first?")]
    [InlineData("nothing", "nsft runs")]
    public void Find_Other_SaysWhatWouldBeRight(string word, string part) =>
        Assert.Contains(part, Assert.Throws<UserInputException>(() => RunFinder.Find(word, Runs)).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_NoRuns_SaysHowToStartOne() =>
        Assert.Contains("--detach", Assert.Throws<UserInputException>(() => RunFinder.Find("last", [])).Message, StringComparison.Ordinal);

    private static RunSummary Run(string id, string? name, int hour) =>
        new(id, name, RunPhase.Running, 1, 2, new DateTimeOffset(2026, 1, 1, hour, 0, 0, TimeSpan.Zero), null);
}
