using System.Text.RegularExpressions;
using NSft.Collectives;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Chat;

/// <summary>A prompt as an editable text file: messages under <c>=== system</c>, <c>=== user</c> and <c>=== assistant</c>, with slots such as <c>{{question}}</c>.</summary>
/// <remarks>
/// The file's name gives name and version: <c>construct-vec.v1.txt</c> is <c>construct-vec/1</c>. Slots are filled in one pass, so that a text
/// which looks like a slot stays a text.
/// </remarks>
internal sealed partial class PromptTemplate
{
    private const string Extension = ".txt";

    private readonly (ChatRole Role, string Text)[] _sections;

    private PromptTemplate(string version, string hash, (ChatRole Role, string Text)[] sections)
    {
        Version = version;
        Hash = hash;
        _sections = sections;
    }

    /// <summary>Name and version, such as <c>construct-vec/1</c>; the name alone for a file without a version.</summary>
    public string Version { get; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Reads a prompt that comes with NSft.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="slots">Slots that it may have.</param>
    public static PromptTemplate Bundled(string name, params ReadOnlySpan<string> slots) => Load(Path.Combine(DataFile.Folder, "prompts", name + Extension), slots);

    /// <summary>Reads a prompt.</summary>
    /// <param name="path">The file.</param>
    /// <param name="slots">Slots that it may have.</param>
    /// <exception cref="UserInputException">The file cannot be read or is no prompt; the message names file and line.</exception>
    public static PromptTemplate Load(string path, params ReadOnlySpan<string> slots)
    {
        (byte[] content, string hash) = DataFile.Read(path);
        List<(ChatRole Role, string Text)> sections = Split(System.Text.Encoding.UTF8.GetString(content).TrimStart('\uFEFF'), path);
        if (sections.Count == 0 || sections[^1].Role != ChatRole.User)
        {
            throw new UserInputException($"{path}: the last message of a prompt has to be one of '=== user'");
        }

        foreach ((ChatRole _, string text) in sections)
        {
            foreach (Match slot in Slot().Matches(text))
            {
                if (!slots.Contains(slot.Groups[1].Value))
                {
                    throw new UserInputException($"{path}: unknown slot {slot.Value}; there are {string.Join(", ", slots.ToArray().Select(name => "{{" + name + "}}"))}");
                }
            }
        }

        return new PromptTemplate(VersionOf(path), hash, [.. sections]);
    }

    /// <summary>Whether a slot occurs in the last message.</summary>
    public bool EndsWithSlot(string slot) => _sections[^1].Text.Contains("{{" + slot + "}}", StringComparison.Ordinal);

    /// <summary>The messages with their slots filled.</summary>
    public IReadOnlyList<ChatMessage> Fill(IReadOnlyDictionary<string, string> values) =>
        [.. _sections.Select(section => new ChatMessage(section.Role, Slot().Replace(section.Text, slot => values[slot.Groups[1].Value])))];

    private static List<(ChatRole Role, string Text)> Split(string content, string path)
    {
        List<(ChatRole Role, string Text)> sections = [];
        string[] lines = content.ReplaceLineEndings("\n").Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index];
            if (line.StartsWith("===", StringComparison.Ordinal))
            {
                sections.Add((RoleOf(line[3..].Trim()) ?? throw Error(path, index, "is not '=== system', '=== user' or '=== assistant'"), ""));
            }
            else if (sections.Count > 0)
            {
                sections[^1] = (sections[^1].Role, sections[^1].Text + line + "\n");
            }
            else if (line.Trim().Length > 0)
            {
                throw Error(path, index, "stands before the first message; a message starts with '=== system', '=== user' or '=== assistant'");
            }
        }

        return [.. sections.Select(section => (section.Role, section.Text.Trim('\n')))];
    }

    private static UserInputException Error(string path, int index, string reason) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}: line {index + 1} {reason}"));

    private static ChatRole? RoleOf(string name) => name switch
    {
        "system" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        _ => null,
    };

    private static string VersionOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        Match match = NameWithVersion().Match(name);
        return match.Success ? $"{match.Groups[1].Value}/{match.Groups[2].Value}" : name;
    }

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"^(.+)\.v(\d+)$")]
    private static partial Regex NameWithVersion();
}
