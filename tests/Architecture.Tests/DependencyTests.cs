using System.Text.RegularExpressions;
using System.Xml.Linq;
using NSft.Tests;

namespace NSft.Architecture.Tests;

public class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Collectives"] = [],
        ["Data"] = ["Collectives"],
        ["Model"] = ["Collectives"],
        ["Storage"] = ["Collectives"],
        ["Training"] = ["Collectives", "Data", "Model", "Storage"],
        ["Evaluation"] = ["Collectives", "Data", "Model"],
        ["Grains"] = ["Collectives", "Data", "Model", "Storage", "Training", "Evaluation"],
        ["Silo"] = ["Collectives", "Storage", "Grains"],
        ["Client"] = ["Collectives", "Data", "Model", "Storage", "Training", "Evaluation", "Grains", "Silo"],
    };

    public static TheoryData<string> Parts => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Part_References_OnlyPartsBelowIt(string part)
    {
        XDocument project = XDocument.Load(RepositoryPaths.At("src", part, $"{part}.csproj"));
        IEnumerable<string> references = project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(Allowed[part]));
    }

    [Fact]
    public void Parts_InSource_AreTheDesignedOnes()
    {
        IEnumerable<string> parts = Directory.EnumerateFiles(RepositoryPaths.At("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains("Embedded", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Collectives")]
    [InlineData("Data")]
    public void PurePart_Source_KnowsNoTensorAndNoGrain(string part)
    {
        string[] offenders = [.. SourceFiles.Product
            .Where(file => file.Path.StartsWith($"src/{part}/", StringComparison.Ordinal))
            .Where(file => Regex.IsMatch(file.Text, @"^using (static )?(TorchSharp|Orleans)\b", RegexOptions.Multiline))
            .Select(file => file.Path)];

        Assert.Empty(offenders);
    }

    [Fact]
    public void Orleans_IsUsed_OnlyByGrainsSiloAndClient()
    {
        string[] offenders = [.. SourceFiles.Product
            .Where(file => !file.Path.StartsWith("src/Grains/", StringComparison.Ordinal)
                && !file.Path.StartsWith("src/Silo/", StringComparison.Ordinal)
                && !file.Path.StartsWith("src/Client/", StringComparison.Ordinal))
            .Where(file => Regex.IsMatch(file.Text, @"^using Orleans\b", RegexOptions.Multiline))
            .Select(file => file.Path)];

        Assert.Empty(offenders);
    }

    [Fact]
    public void EveryPart_HasATestProject()
    {
        IEnumerable<string> without = Allowed.Keys
            .Where(part => !File.Exists(RepositoryPaths.At("tests", $"{part}.Tests", $"{part}.Tests.csproj")));

        Assert.Empty(without);
    }
}
