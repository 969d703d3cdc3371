using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Collectives;

namespace NSft.Data.Construction.Vocabulary;

/// <summary>Reads a list of synonyms, one category a line ("person, man, woman"), as CHAIR has it, into a lexicon.</summary>
/// <remarks>
/// The first word of a line names the category. Grammar, attributes, places and relations are those of the lexicon <c>coco</c>; its
/// settings (kitchen, beach) and broader words (animal, fruit) stay as far as the list does not use them otherwise. Empty lines and lines
/// that begin with # are left out.
/// </remarks>
internal sealed class SynonymFile
{
    private const string Basis = "coco";

    private readonly string _path;
    private readonly List<string[]> _categories = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private readonly JsonObject _lexicon;
    private readonly HashSet<string> _grammar;

    private SynonymFile(string path)
    {
        _path = path;
        string basis = DataFile.Find(Basis, Path.Combine(DataFile.Folder, "lexicons"));
        _lexicon = JsonNode.Parse(DataFile.Read(basis).Content)!.AsObject();
        _grammar = [.. _lexicon["grammar"]!.AsObject().SelectMany(role => role.Value!.AsArray()).Select(phrase => phrase!.GetValue<string>())];
        _grammar.ExceptWith(["image", "picture", "photo", "scene", "color", "colour"]);
    }

    /// <summary>Whether a file is such a list and no lexicon.</summary>
    public static bool Recognises(string path, byte[] content) =>
        !Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) && content.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is not [(byte)'{' or (byte)'[', ..];

    /// <summary>The lexicon that a list makes, as a lexicon file has it.</summary>
    /// <exception cref="UserInputException">A line is wrong; the message names file and line.</exception>
    public static byte[] ToLexicon(string path, byte[] content)
    {
        SynonymFile file = new(path);
        string[] lines = Text(path, content).Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            file.Add(lines[index].Trim().TrimStart('\uFEFF'), index + 1);
        }

        return file._categories.Count > 0 ? file.Write() : throw new UserInputException($"{path}: the file names no category; write one a line, such as 'person, man, woman'");
    }

    private static string Text(string path, byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UserInputException($"{path}: text is not valid UTF-8", exception);
        }
    }

    private void Add(string line, int number)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        string[] words = [.. line.TrimEnd(',').Split(',', StringSplitOptions.TrimEntries).Select(word => word.ToLowerInvariant())];
        foreach (string word in words)
        {
            if (Tokenizer.Tokenize(word).TrueForAll(token => token.IsMark))
            {
                throw Error(number, word.Length == 0 ? "has an empty entry between two commas" : $"has the entry '{word}', which holds no word");
            }

            if (_grammar.Contains(word))
            {
                throw Error(number, $"has '{word}', which is a word of grammar");
            }

            if (_lines.TryGetValue(word, out int other) && other != number)
            {
                throw Error(number, string.Create(CultureInfo.InvariantCulture, $"has '{word}', which line {other} has already"));
            }

            _lines[word] = number;
        }

        _categories.Add([.. words.Distinct(StringComparer.Ordinal)]);
    }

    private byte[] Write()
    {
        JsonObject lexicon = _lexicon;
        lexicon["name"] = Path.GetFileNameWithoutExtension(_path);
        HashSet<string> names = [.. _categories.Select(category => category[0])];
        JsonArray categories = [.. _categories.Select(Category)];
        foreach (JsonNode setting in Taken(lexicon, "categories").Where(node => node["code"] is not null && IsFree(node)))
        {
            categories.Add(setting);
        }

        lexicon["categories"] = categories;
        JsonArray covers = [];
        foreach (JsonNode cover in Taken(lexicon, "covers").Where(IsFree))
        {
            JsonArray below = [.. cover["categories"]!.AsArray().Where(name => names.Contains(name!.GetValue<string>())).Select(name => (JsonNode)name!.GetValue<string>())];
            cover["categories"] = below;
            covers.Add(cover);
        }

        lexicon["covers"] = covers;
        lexicon["ignored"] = new JsonArray([.. Taken(lexicon, "ignored").Where(phrase => !_lines.ContainsKey(phrase.GetValue<string>()))]);
        return Encoding.UTF8.GetBytes(lexicon.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private static List<JsonNode> Taken(JsonObject lexicon, string field) => [.. lexicon[field]!.AsArray().Select(node => node!.DeepClone())];

    // Not used by the list, neither by its name nor by a synonym.
    private bool IsFree(JsonNode noun)
    {
        string name = noun["name"]!.GetValue<string>();
        IEnumerable<string> synonyms = noun["synonyms"]?.AsArray().Select(node => node is JsonObject entry ? entry["name"]!.GetValue<string>() : node!.GetValue<string>()) ?? [];
        return synonyms.Append(name).Append(noun["plural"]?.GetValue<string>() ?? NounForm.PluralOf(name)).All(word => !_lines.ContainsKey(word));
    }

    // "people" among the synonyms is the plural of "person", not a thing of which there are "peoples".
    private static JsonNode Category(string[] words)
    {
        HashSet<string> plurals = [.. words.Where(word => words.Contains(Singular(word), StringComparer.Ordinal) && Singular(word) != word)];
        HashSet<string> alone = [.. words.Where(word => !plurals.Contains(word))];
        JsonObject category = new() { ["name"] = words[0] };
        string? plural = plurals.FirstOrDefault(word => Singular(word) == words[0]);
        if (plural is not null)
        {
            category["plural"] = plural;
        }

        category["synonyms"] = new JsonArray([.. alone.Where(word => word != words[0]).Select(word => Synonym(word, plurals))]);
        return category;
    }

    private static JsonNode Synonym(string word, HashSet<string> plurals)
    {
        string? plural = plurals.FirstOrDefault(other => Singular(other) == word) ?? (Singular(word) != word ? word : null);
        return plural is null ? (JsonNode)word : new JsonObject { ["name"] = word, ["plural"] = plural };
    }

    private static string Singular(string phrase)
    {
        int last = phrase.LastIndexOf(' ') + 1;
        return phrase[..last] + NounForm.SingularOf(phrase[last..]);
    }

    private UserInputException Error(int line, string reason) => new(string.Create(CultureInfo.InvariantCulture, $"{_path}: line {line} {reason}"));
}
