using NSft.Client.Parsing;
using NSft.Collectives;

namespace NSft.Client.Tests;

public sealed class StateDirectoryTests
{
    [Theory]
    [InlineData("/tmp/given/", "/tmp/environment", "/tmp/given", "--state")]
    [InlineData(null, "/tmp/environment", "/tmp/environment", "NSFT_STATE")]
    [InlineData(null, "", "/home/one/.nsft/cluster", "default")]
    [InlineData(null, null, "/home/one/.nsft/cluster", "default")]
    public void Resolve_OptionThenEnvironmentThenHome(string? given, string? environment, string path, string origin) =>
        Assert.Equal(new StateChoice(path, origin), StateDirectory.Resolve(given, environment, "/home/one"));

    [Fact]
    public void Resolve_File_IsRefused()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("state", "");
        Assert.Contains("is a file", Assert.Throws<UserInputException>(() => StateDirectory.Resolve(file, null, "/")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_Empty_IsRefused() => Assert.Throws<UserInputException>(() => StateDirectory.Resolve("", null, "/"));
}
