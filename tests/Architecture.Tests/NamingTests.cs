using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NSft.Architecture.Tests;

public partial class NamingTests
{
    [Fact]
    public void Types_OfTheProduct_HaveNoEmptyNames()
    {
        IEnumerable<string> empty = SourceFiles.Product.SelectMany(file => file.Root.DescendantNodes()
            .OfType<BaseTypeDeclarationSyntax>()
            .Where(type => EmptyWord().IsMatch(type.Identifier.Text))
            .Select(type => $"{file.Path}: {type.Identifier.Text}"));

        Assert.Empty(empty);
    }

    [Fact]
    public void Product_Source_HasNoConditionalCompilation()
    {
        string[] conditional = [.. SourceFiles.Product
            .Where(file => ConditionalLine().IsMatch(file.Text))
            .Select(file => file.Path)];

        Assert.Empty(conditional);
    }

    [Fact]
    public void Files_OfTheProduct_HoldTheTypeTheyAreNamedAfter()
    {
        string[] strangers = [.. SourceFiles.Product
            .Where(file => file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Any())
            .Where(file => !file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                .Any(type => type.Identifier.Text == Path.GetFileName(file.Path).Split('.')[0]))
            .Select(file => file.Path)];

        Assert.Empty(strangers);
    }

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utility|Common|Info)$")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"^\s*#(if|elif|region)\b", RegexOptions.Multiline)]
    private static partial Regex ConditionalLine();
}
