namespace NSft.Tests.Servers;

/// <summary>Programs of <c>tests/npm/package.json</c>, which <c>./nsft test</c> installs into <c>.nsft/npm</c>.</summary>
public static class NodeTools
{
    /// <summary>Where the packages are.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryPaths.Root, ".nsft", "npm", "node_modules");

    /// <summary>A program.</summary>
    /// <param name="name">Its name, as in <c>azurite-blob</c>.</param>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Program(string name)
    {
        string path = Path.Combine(Folder, ".bin", name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not there: ./nsft test installs it");
    }
}
