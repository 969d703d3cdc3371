using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NSft.Architecture.Tests;

public class MessageTests
{
    [Fact]
    public void Messages_OfGrains_HaveSerializerAliasAndImmutability()
    {
        string[] incomplete = [.. Messages()
            .Where(message => !new[] { "GenerateSerializer", "Alias", "Immutable" }.All(name => Has(message.Type, name)))
            .Select(message => $"{message.Path}: {message.Type.Identifier.Text}")];

        Assert.NotEmpty(Messages());
        Assert.Empty(incomplete);
    }

    [Fact]
    public void GrainInterfaces_HaveAnAlias()
    {
        string[] incomplete = [.. SourceFiles.Product
            .Where(file => file.Path.StartsWith("src/Grains/Contracts/", StringComparison.Ordinal))
            .SelectMany(file => file.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>())
            .Where(type => type.BaseList?.ToString().Contains("IGrainWith", StringComparison.Ordinal) == true && !Has(type, "Alias"))
            .Select(type => type.Identifier.Text)];

        Assert.Empty(incomplete);
    }

    private static IEnumerable<(string Path, TypeDeclarationSyntax Type)> Messages() =>
        SourceFiles.Product
            .Where(file => file.Path.StartsWith("src/Grains/Contracts/Messages/", StringComparison.Ordinal))
            .SelectMany(file => file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>().Select(type => (file.Path, type)))
            .Where(message => message.type is RecordDeclarationSyntax or ClassDeclarationSyntax or StructDeclarationSyntax)
            .Where(message => !message.type.Modifiers.Any(modifier => modifier.Text == "static"));

    private static bool Has(MemberDeclarationSyntax member, string attribute) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Any(one => one.Name.ToString() == attribute);
}
