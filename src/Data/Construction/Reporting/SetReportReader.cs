using System.Globalization;
using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Reading;

namespace NSft.Data.Construction.Reporting;

/// <summary>Counts a corrective file while reading it; memory grows with the vocabulary, not with the rows.</summary>
internal sealed class SetReportReader(string path)
{
    private readonly SortedDictionary<string, int> _errors = CountTable.New();
    private readonly SortedDictionary<string, int> _codes = CountTable.New();
    private readonly SortedDictionary<string, int> _polarities = CountTable.New();
    private readonly SortedDictionary<string, int> _kinds = CountTable.New();
    private readonly SortedDictionary<string, int> _constructors = CountTable.New();
    private readonly SortedDictionary<string, int> _codebooks = CountTable.New();
    private readonly Dictionary<string, int> _nouns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _verbs = new(StringComparer.Ordinal);
    private int _rows;
    private int _turns;

    /// <summary>Reads the file.</summary>
    public SetReport Read()
    {
        foreach (JsonRow row in JsonRowSource.Read(path))
        {
            if (row.Error is not null || row.Element.ValueKind != JsonValueKind.Object || !row.Element.TryGetProperty("conversations", out JsonElement turns) || turns.ValueKind != JsonValueKind.Array)
            {
                throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{path}: row {row.Row}: {row.Error ?? "is no conversation"}; give a file that nsft construct wrote"));
            }

            _rows++;
            AddTurns(turns);
            if (row.Element.TryGetProperty("meta", out JsonElement meta) && meta.ValueKind == JsonValueKind.Object)
            {
                AddMeta(meta);
            }
        }

        return new SetReport
        {
            Path = path,
            RowCount = _rows,
            TurnCount = _turns,
            ErrorsByKind = _errors,
            TurnsByCode = _codes,
            TurnsByPolarity = _polarities,
            TurnsByKind = _kinds,
            RowsByConstructor = _constructors,
            Codebooks = [.. _codebooks.Keys],
            Nouns = Ranked(_nouns),
            Verbs = Ranked(_verbs),
        };
    }

    private static List<WordCount> Ranked(Dictionary<string, int> counts) =>
        [.. counts.Select(pair => new WordCount(pair.Key, pair.Value)).OrderByDescending(word => word.Count).ThenBy(word => word.Word, StringComparer.Ordinal)];

    private void AddTurns(JsonElement turns)
    {
        foreach (JsonElement turn in turns.EnumerateArray())
        {
            bool isTurn = turn.ValueKind == JsonValueKind.Object && turn.TryGetProperty("value", out _);
            string text = isTurn && turn.GetProperty("value").ValueKind == JsonValueKind.String ? turn.GetProperty("value").GetString()! : "";
            bool isAnswer = isTurn && turn.TryGetProperty("from", out JsonElement from) && from.ValueKind == JsonValueKind.String && from.ValueEquals("gpt");
            if (isAnswer)
            {
                _turns++;
                CountTable.Add(_polarities, Polarity(text));
            }

            AddWords(Spoken(text));
        }
    }

    // The marker and the line that asks for a short answer are no words of the set.
    private static string Spoken(string text)
    {
        string line = text.Replace(RowFields.ImageMarker, "", StringComparison.Ordinal).Trim();
        int end = line.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? line : line[..end];
    }

    private static string Polarity(string answer) =>
        answer.StartsWith("Yes", StringComparison.OrdinalIgnoreCase) ? "yes" : answer.StartsWith("No", StringComparison.OrdinalIgnoreCase) && (answer.Length == 2 || !char.IsLetter(answer[2])) ? "no" : "open";

    private void AddWords(string text)
    {
        foreach (TaggedWord word in WordTagger.Tag(text))
        {
            Dictionary<string, int>? counts = word.Class == WordClass.Noun ? _nouns : word.Class == WordClass.Verb ? _verbs : null;
            if (counts is not null && !WordLists.Bundled.Frame.Contains(word.Lemma))
            {
                counts[word.Lemma] = counts.GetValueOrDefault(word.Lemma) + 1;
            }
        }
    }

    private void AddMeta(JsonElement meta)
    {
        Add(meta, "errors", _errors);
        Add(meta, "codes", _codes);
        Add(meta, "kinds", _kinds);
        Add(meta, "constructor", _constructors);
        Add(meta, "codebook", _codebooks);
    }

    private static void Add(JsonElement meta, string field, SortedDictionary<string, int> counts)
    {
        if (!meta.TryGetProperty(field, out JsonElement value))
        {
            return;
        }

        IEnumerable<JsonElement> items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        foreach (JsonElement item in items.Where(item => item.ValueKind == JsonValueKind.String))
        {
            CountTable.Add(counts, item.GetString()!);
        }
    }
}
