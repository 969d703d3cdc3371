using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction;

/// <summary>The vision error codebook: kinds of errors, and how each is asked and answered.</summary>
/// <remarks>
/// An editable JSON file. A form that is taken out of it is not asked; without <c>shortAnswers</c>, which names the file of doubling
/// patterns, short answers in words that the lexicon does not know give no turns. Source of the groups: arXiv:2411.14797.
/// </remarks>
public sealed partial class VisionErrorCodebook
{
    private static readonly HashSet<string> Slots = new(StringComparer.Ordinal)
    {
        "a", "object", "attribute", "true attribute", "place", "true place", "place in image", "counted", "true counted",
        "verb", "Verb", "true verb", "relation", "true relation", "target",
    };

    private static readonly string[] FormNames =
    [
        "object", "scene", "attribute", "placed attribute", "attributed", "count", "total", "position", "placed", "attributed placed", "relation",
    ];

    private readonly Dictionary<string, QuestionForm> _forms;

    private VisionErrorCodebook(string hash, IReadOnlyList<CodebookEntry> entries, Dictionary<string, QuestionForm> forms, ShortAnswerPatterns shortAnswers)
    {
        Hash = hash;
        Entries = entries;
        _forms = forms;
        ShortAnswers = shortAnswers;
    }

    /// <summary>SHA-256 of the file, or of the file and its short-answer patterns one after the other; lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The kinds of errors in file order.</summary>
    public IReadOnlyList<CodebookEntry> Entries { get; }

    /// <summary>How short answers are doubled.</summary>
    internal ShortAnswerPatterns ShortAnswers { get; }

    /// <summary>Reads a codebook.</summary>
    /// <param name="path">The file, or null for the one that comes with NSft.</param>
    /// <exception cref="Collectives.UserInputException">There is no such file, or an entry of it is wrong; the message names file and entry.</exception>
    public static VisionErrorCodebook Load(string? path = null)
    {
        string file = path is null ? DataFile.Find("codebook", DataFile.Folder) : DataFile.Find(path, DataFile.Folder);
        (byte[] content, string hash) = DataFile.Read(file);
        DataNode root = DataNode.Parse(content, file);
        root.Allow("name", "codes", "shortAnswers");
        List<CodebookEntry> entries = [];
        Dictionary<string, QuestionForm> forms = new(StringComparer.Ordinal);
        foreach (DataNode node in root.Field("codes").Items())
        {
            CodebookEntry entry = ReadEntry(node);
            if (entries.Exists(other => other.Code == entry.Code))
            {
                throw node.Error("repeats a code");
            }

            entries.Add(entry);
            ReadForms(node, entry.Code, forms);
        }

        if (!forms.ContainsKey("object"))
        {
            throw root.Field("codes").Error("has no form 'object': existence questions cannot be asked without it");
        }

        (ShortAnswerPatterns shortAnswers, byte[] patterns) = ReadShortAnswers(root, file, entries);
        string both = patterns.Length == 0 ? hash : Convert.ToHexStringLower(SHA256.HashData([.. content, .. patterns]));
        return new VisionErrorCodebook(both, entries, forms, shortAnswers);
    }

    /// <summary>How a form of claim is asked and answered, or null when the codebook leaves it out.</summary>
    internal QuestionForm? Form(string name) => _forms.GetValueOrDefault(name);

    // The name of a bundled file, or a path beside the codebook.
    private static (ShortAnswerPatterns Patterns, byte[] Content) ReadShortAnswers(DataNode root, string file, List<CodebookEntry> entries)
    {
        if (!root.Has("shortAnswers"))
        {
            return (ShortAnswerPatterns.None, []);
        }

        string name = root.Field("shortAnswers").Text();
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name);
        string path = DataFile.Find(File.Exists(beside) ? beside : name, DataFile.Folder);
        (byte[] content, _) = DataFile.Read(path);
        return (ShortAnswerPatterns.Read(content, path, [.. entries.Select(entry => entry.Code)]), content);
    }

    private static CodebookEntry ReadEntry(DataNode node)
    {
        node.Allow("code", "level", "description", "forms");
        string level = node.Field("level").Text();
        return level is "instance" or "image"
            ? new CodebookEntry(node.Field("code").Text(), level, node.Field("description").Text())
            : throw node.Field("level").Error("is neither 'instance' nor 'image'");
    }

    private static void ReadForms(DataNode node, string code, Dictionary<string, QuestionForm> forms)
    {
        foreach ((string name, DataNode form) in node.Field("forms").Entries())
        {
            form.Allow("question", "yes", "no");
            if (!FormNames.Contains(name, StringComparer.Ordinal))
            {
                throw form.Error($"is not a known form ({string.Join(", ", FormNames)})");
            }

            QuestionForm value = new(code, Pattern(form.Field("question")), Pattern(form.Field("yes")), Pattern(form.Field("no")));
            if (!value.Question.EndsWith('?'))
            {
                throw form.Field("question").Error("does not end with a question mark");
            }

            RequireStart(form.Field("yes"), "Yes");
            RequireStart(form.Field("no"), "No");
            if (!forms.TryAdd(name, value))
            {
                throw form.Error("is given twice");
            }
        }
    }

    private static void RequireStart(DataNode node, string word)
    {
        if (!node.Text().StartsWith(word, StringComparison.Ordinal))
        {
            throw node.Error($"does not start with '{word}'");
        }
    }

    private static string Pattern(DataNode node)
    {
        string pattern = node.Text();
        foreach (Match slot in SlotPattern().Matches(pattern))
        {
            if (!Slots.Contains(slot.Groups[1].Value))
            {
                throw node.Error($"has an unknown slot {slot.Value}");
            }
        }

        return pattern;
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex SlotPattern();
}
