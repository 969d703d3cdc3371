using NSft.Model.Configuration;

namespace NSft.Client.Parsing;

/// <summary>The conversation template of a model when the user names none.</summary>
internal static class TemplateChoice
{
    /// <summary>Rows from which a vocabulary is LLaMA's own.</summary>
    private const int LlamaVocabularySize = 32000;

    /// <summary>The rule in words, for help.</summary>
    public static string Rule { get; } = $"hf for vocabularies of {LlamaVocabularySize} rows and more, scenes below";

    /// <summary>The template of the model in <paramref name="modelDirectory"/>.</summary>
    public static string For(string modelDirectory) =>
        LlavaConfig.Load(modelDirectory).Text.VocabularySize >= LlamaVocabularySize ? "hf" : "scenes";
}
