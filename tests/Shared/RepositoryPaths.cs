using System.Runtime.CompilerServices;

namespace NSft.Tests;

/// <summary>Finds files of the checkout from a test, whatever folder the test runs in.</summary>
internal static class RepositoryPaths
{
    /// <summary>The checkout's root: the folder that holds NSft.sln.</summary>
    public static string Root { get; } = FindRoot(ThisFile());

    /// <summary>A path below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static string FindRoot(string start)
    {
        foreach (string origin in new[] { AppContext.BaseDirectory, start })
        {
            for (DirectoryInfo? folder = new(origin); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "NSft.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException("NSft.sln was not found above the test's folder.");
    }
}
