using NSft.Client.Parsing;

namespace NSft.Client.Output;

/// <summary>Puts the tokenizer into a written model folder, so that the folder can be used alone.</summary>
internal static class TokenizerCopy
{
    /// <summary>Name of the copy.</summary>
    public const string FileName = ModelOptions.TokenizerFileName;

    /// <summary>Copies the tokenizer in or beside <paramref name="model"/> when there is one and the target has none.</summary>
    public static void Write(string model, string target)
    {
        string full = Path.GetFullPath(model);
        foreach (string folder in new[] { full, Path.GetDirectoryName(full) ?? full })
        {
            string path = Path.Combine(folder, ModelOptions.TokenizerFileName);
            if (File.Exists(path))
            {
                WriteFile(path, target);
                return;
            }
        }
    }

    /// <summary>Copies a tokenizer file when the target has none.</summary>
    public static void WriteFile(string tokenizer, string target)
    {
        string copy = Path.Combine(target, FileName);
        if (!File.Exists(copy))
        {
            File.WriteAllBytes(copy, File.ReadAllBytes(tokenizer));
        }
    }
}
