using System.Text.RegularExpressions;
using NSft.Tests;

namespace NSft.Architecture.Tests;

public partial class ReadmeTests
{
    [Fact]
    public void Readme_PathsInCode_Exist()
    {
        string readme = File.ReadAllText(RepositoryPaths.At("README.md"));
        string[] missing = [.. PathInCode().Matches(readme)
            .Select(match => match.Groups[1].Value)
            .Where(path => !File.Exists(RepositoryPaths.At(path)) && !Directory.Exists(RepositoryPaths.At(path)))];

        Assert.NotEmpty(PathInCode().Matches(readme));
        Assert.Empty(missing);
    }

    [Fact]
    public void Readme_LinksAndPictures_Exist()
    {
        string[] missing = [.. Directory.EnumerateFiles(RepositoryPaths.Root, "*.md")
            .Concat(Directory.EnumerateFiles(RepositoryPaths.At("docs"), "*.md", SearchOption.AllDirectories))
            .SelectMany(file => Link().Matches(File.ReadAllText(file)).Select(match => (file, target: match.Groups[1].Value)))
            .Where(link => !link.target.Contains("://", StringComparison.Ordinal) && !link.target.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.file)!, link.target.Split('#')[0])))
            .Select(link => $"{Path.GetFileName(link.file)}: {link.target}")];

        Assert.Empty(missing);
    }

    [Fact]
    public void Readme_Tree_NamesEveryPart()
    {
        string readme = File.ReadAllText(RepositoryPaths.At("README.md"));
        IEnumerable<string> unnamed = Directory.EnumerateDirectories(RepositoryPaths.At("src"))
            .Select(path => $"src/{Path.GetFileName(path)}")
            .Where(path => !readme.Contains(path, StringComparison.Ordinal));

        Assert.Empty(unnamed);
    }

    [GeneratedRegex(@"`((?:src|tests|docs|samples|benches|k8s|tools)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex PathInCode();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
