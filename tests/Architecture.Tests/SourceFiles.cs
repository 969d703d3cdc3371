using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NSft.Tests;

namespace NSft.Architecture.Tests;

/// <summary>The C# files of the product, parsed once.</summary>
internal static class SourceFiles
{
    /// <summary>Every C# file below src, its path relative to the root with forward slashes.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = Load();

    /// <summary>The files of the product itself: without the stand-ins of src/Embedded.</summary>
    public static IEnumerable<SourceFile> Product =>
        All.Where(file => !file.Path.StartsWith("src/Embedded/", StringComparison.Ordinal));

    private static List<SourceFile> Load()
    {
        string source = RepositoryPaths.At("src");
        return [.. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read)];
    }

    private static SourceFile Read(string path)
    {
        string text = File.ReadAllText(RepositoryPaths.At(path));
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text).GetRoot();
        return new SourceFile(path, text, root);
    }
}

/// <summary>One parsed file.</summary>
internal sealed record SourceFile(string Path, string Text, CompilationUnitSyntax Root)
{
    /// <summary>Number of lines.</summary>
    public int LineCount => Root.SyntaxTree.GetText().Lines.Count;
}
