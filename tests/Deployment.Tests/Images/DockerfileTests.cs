using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using NSft.Deployment.Tests.Manifests;
using NSft.Tests;

namespace NSft.Deployment.Tests.Images;

/// <summary>What the Dockerfiles say holds for the checkout that they are built from.</summary>
public sealed class DockerfileTests
{
    public static TheoryData<string, string> Images => new() { { "silo", "Silo" }, { "client", "Client" } };

    [Theory]
    [MemberData(nameof(Images))]
    public void Sources_ThatAreCopied_AreThereAndNotIgnored(string image, string project)
    {
        string[] allowed = [.. File.ReadLines(RepositoryPaths.At(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..])];
        string[] copied = [.. Read(image).CopiedSources()];
        Assert.All(copied, source => Assert.True(Path.Exists(RepositoryPaths.At(source)), $"{source} is not there"));
        Assert.Subset(allowed.ToHashSet(), copied.ToHashSet());

        // Every project that the published one is built from lies in what is copied.
        Assert.All(Projects(RepositoryPaths.At("src", project, $"{project}.csproj")), path =>
            Assert.Contains(copied, source => Path.GetRelativePath(RepositoryPaths.At(source), path)[0] != '.'));
        Assert.Superset(
            new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", ".editorconfig", "BannedSymbols.txt" }.ToHashSet(), copied.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void LastStage_IsNoSdk_AndRunsAsNobody(string image, string project)
    {
        Dockerfile file = Read(image);
        Assert.Equal(2, file.Instructions.Count(one => one.Word == "FROM"));
        Assert.Contains("/aspnet:", file.Only("FROM"), StringComparison.Ordinal);
        Assert.Equal("1654:1654", file.Only("USER"));
        Assert.Equal($"src/{project}/{project}.csproj", file.PublishArguments()[1]);

        // The user of the pods, whose volumes are made for it.
        Assert.Equal("USER", file.LastStage[^(image == "silo" ? 3 : 2)].Word);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Publish_AsTheImageDoes_MakesWhatItStarts(string image, string project)
    {
        string folder = Directory.CreateTempSubdirectory("nsft-image-").FullName;
        try
        {
            // The same command; the packages of this feed, and the build that is there already.
            string[] arguments = [.. Read(image).PublishArguments()
                .Select(word => word == "/app" ? folder : word == "-p:NSftPackages=nuget" ? "-p:NSftPackages=embedded" : word)
                .Where(word => !word.StartsWith("-p:Version", StringComparison.Ordinal)), "--no-build", "-nologo"];
            await ToolProcess.RunAsync("dotnet", arguments);
            Assert.True(File.Exists(Path.Combine(folder, $"NSft.{project}.dll")));
            Assert.True(File.Exists(Path.Combine(folder, $"NSft.{project}.runtimeconfig.json")));
            Assert.True(File.Exists(Path.Combine(folder, $"NSft.{project}")));
            Assert.True(Directory.Exists(Path.Combine(folder, "resources", "templates")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Publish_OfTheImage_TakesTheRealPackages(string image, string project)
    {
        string[] arguments = [.. Read(image).PublishArguments().Where(word => word.StartsWith("-p:", StringComparison.Ordinal))];
        JsonNode items = JsonNode.Parse(await ToolProcess.RunAsync(
            "dotnet", ["msbuild", $"src/{project}/{project}.csproj", .. arguments, "-getItem:PackageReference", "-getItem:ProjectReference"]))!["Items"]!;
        string[] packages = [.. items["PackageReference"]!.AsArray().Select(one => one!["Identity"]!.ToString())];
        Assert.Superset(new[] { "Microsoft.Orleans.Server", image == "silo" ? "TorchSharp-cuda-linux" : "TorchSharp-cpu" }.ToHashSet(), packages.ToHashSet());
        Assert.DoesNotContain(items["ProjectReference"]!.AsArray(), one => one!["Identity"]!.ToString().Contains("Embedded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EntryPoints_AreTheCommandsOfTheManifests()
    {
        Dockerfile silo = Read("silo");
        foreach (string overlay in Rendering.Overlays)
        {
            Rendering rendered = await Rendering.OfAsync(overlay);
            Assert.Equal(JsonSerializer.Deserialize<string[]>(silo.Only("ENTRYPOINT")), rendered.SiloContainer["command"]!.AsArray().Select(word => word!.ToString()));
            Assert.Equal(silo.Only("EXPOSE").Split(' '), Rendering.Items(rendered.SiloContainer["ports"]).Select(port => port["containerPort"]!.ToString()));
            Assert.All(rendered.Workloads.Where(one => Rendering.Name(one).StartsWith("nsft-", StringComparison.Ordinal)), workload =>
                Assert.Equal(silo.Only("USER"), $"{Rendering.PodSpec(workload)["securityContext"]!["runAsUser"]}:{Rendering.PodSpec(workload)["securityContext"]!["runAsGroup"]}"));
        }
    }

    private static Dockerfile Read(string image) => Dockerfile.Read(RepositoryPaths.At("k8s", "docker", $"{image}.Dockerfile"));

    private static HashSet<string> Projects(string path)
    {
        HashSet<string> found = [path];
        foreach (string reference in XDocument.Load(path).Descendants("ProjectReference").Select(one => one.Attribute("Include")!.Value).Where(one => !one.Contains('$', StringComparison.Ordinal)))
        {
            found.UnionWith(Projects(Path.GetFullPath(reference, Path.GetDirectoryName(path)!)));
        }

        return found;
    }
}
