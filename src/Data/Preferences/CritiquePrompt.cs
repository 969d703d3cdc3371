using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;

namespace NSft.Data.Preferences;

/// <summary>The text that asks a critic which of two answers is better; a file with slots that users may replace.</summary>
/// <remarks>Criteria as in SIMA, arXiv:2405.15973: objects, relations and attributes, judged against the true answer.</remarks>
public sealed class CritiquePrompt
{
    private static readonly string[] Slots = ["{question}", "{reference}", "{first}", "{second}"];

    private readonly string _text;

    private CritiquePrompt(string name, string text)
    {
        Name = name;
        _text = text;
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The prompts that come with NSft: with two examples, and without for small models.</summary>
    public static IReadOnlyList<string> Names { get; } = ["critique.v1", "critique-brief.v1"];

    /// <summary>Name with version, or the file's name.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the text, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Reads a prompt.</summary>
    /// <param name="nameOrPath">One of <see cref="Names"/>, or a file.</param>
    /// <exception cref="UserInputException">There is no such prompt, or it lacks a slot.</exception>
    public static CritiquePrompt Load(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        string path = Names.Contains(nameOrPath, StringComparer.Ordinal)
            ? Path.Combine(AppContext.BaseDirectory, "resources", "data", "prompts", $"{nameOrPath}.txt")
            : nameOrPath;
        string text;
        try
        {
            text = File.ReadAllText(path).ReplaceLineEndings("\n").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{nameOrPath}: no such prompt; name a file, or one of {string.Join(", ", Names)}", exception);
        }

        string? missing = Array.Find(Slots, slot => !text.Contains(slot, StringComparison.Ordinal));
        return missing is null
            ? new CritiquePrompt(Path.GetFileNameWithoutExtension(path), text)
            : throw new UserInputException($"{path}: the prompt has no {missing}; it needs {string.Join(", ", Slots)}");
    }

    /// <summary>The prompt about two answers.</summary>
    public string Fill(string question, string reference, string first, string second)
    {
        StringBuilder filled = new();
        int position = 0;
        while (position < _text.Length)
        {
            int open = _text.IndexOf('{', position);
            string? slot = open < 0 ? null : Array.Find(Slots, name => _text.AsSpan(open).StartsWith(name));
            int end = open < 0 ? _text.Length : open + (slot?.Length ?? 1);
            filled.Append(_text, position, (slot is null ? end : open) - position);
            filled.Append(slot switch
            {
                "{question}" => question,
                "{reference}" => reference,
                "{first}" => first,
                "{second}" => second,
                _ => "",
            });
            position = end;
        }

        return filled.ToString();
    }
}
