using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NSft.Architecture.Tests;

public class SizeTests
{
    [Fact]
    public void Files_OfAnyPart_HaveAtMost500Lines()
    {
        string[] large = [.. SourceFiles.All.Where(file => file.LineCount > 500).Select(file => $"{file.Path}: {file.LineCount}")];

        Assert.Empty(large);
    }

    [Fact]
    public void Files_OfTheProduct_MostlyHaveUnder300Lines()
    {
        SourceFile[] files = [.. SourceFiles.Product];
        int large = files.Count(file => file.LineCount >= 300);

        Assert.True(large * 20 <= files.Length, $"{large} of {files.Length} files have 300 lines or more.");
    }

    [Fact]
    public void Methods_OfTheProduct_HaveAtMost80Lines()
    {
        string[] large = [.. Methods().Where(method => method.Lines > 80).Select(method => $"{method.Name}: {method.Lines}")];

        Assert.Empty(large);
    }

    [Fact]
    public void Methods_OfTheProduct_MostlyHaveUnder45Lines()
    {
        (string Name, int Lines)[] methods = [.. Methods()];
        int large = methods.Count(method => method.Lines >= 45);

        Assert.True(large * 20 <= methods.Length, $"{large} of {methods.Length} methods have 45 lines or more.");
    }

    [Fact]
    public void Constructors_OfClasses_HaveAtMost6Parameters()
    {
        IEnumerable<string> explicitOnes = SourceFiles.Product.SelectMany(file => file.Root.DescendantNodes()
            .OfType<ConstructorDeclarationSyntax>()
            .Where(constructor => constructor.ParameterList.Parameters.Count > 6)
            .Select(constructor => $"{file.Path}: {constructor.Identifier.Text}"));
        IEnumerable<string> primaryOnes = SourceFiles.Product.SelectMany(file => file.Root.DescendantNodes()
            .OfType<ClassDeclarationSyntax>()
            .Where(type => type.ParameterList?.Parameters.Count > 6)
            .Select(type => $"{file.Path}: {type.Identifier.Text}"));

        Assert.Empty(explicitOnes.Concat(primaryOnes));
    }

    private static IEnumerable<(string Name, int Lines)> Methods()
    {
        foreach (SourceFile file in SourceFiles.Product)
        {
            foreach (BaseMethodDeclarationSyntax method in file.Root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
            {
                SyntaxNode? body = (SyntaxNode?)method.Body ?? method.ExpressionBody;
                if (body is null)
                {
                    continue;
                }

                FileLinePositionSpan span = body.GetLocation().GetLineSpan();
                string name = method is MethodDeclarationSyntax named ? named.Identifier.Text : "constructor or operator";
                yield return ($"{file.Path} {name}", span.EndLinePosition.Line - span.StartLinePosition.Line + 1);
            }
        }
    }
}
