using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>HA-DPO's descriptions: several true and several wrong ones of an image, without a question.</summary>
internal static class HaDpoDescriptions
{
    private const string Chosen = "chosen";
    private const string Rejected = "rejected";

    // The file has no questions; which one a pair gets depends on its place alone.
    private static readonly string[] Questions =
    [
        "Describe this image in detail.",
        "Give a detailed description of what the image shows.",
        "What can be seen in this image? Answer in detail.",
        "Tell me in detail what is in the picture.",
    ];

    /// <summary>Whether an entry holds descriptions.</summary>
    public static bool Fits(JsonElement value) => value.ValueKind == JsonValueKind.Object
        && RowLook.Kind(value, Chosen) == JsonValueKind.Array && RowLook.Kind(value, Rejected) == JsonValueKind.Array;

    /// <summary>Every pair of every image.</summary>
    public static IEnumerable<RecordRead> Read(string path, string format) =>
        EntrySource.Properties(path).SelectMany(entry => EntryReading.Records(path, entry.Row, entry.Key, () => Pairs(entry, format)));

    private static List<DatasetRecord> Pairs(EntryRow entry, string format)
    {
        JsonElement element = RowCollector.RequireObject(entry.Row);
        string[] chosen = Texts(element, Chosen);
        string[] rejected = Texts(element, Rejected);
        if (entry.Key.Length == 0 || entry.Key.Contains('\0', StringComparison.Ordinal))
        {
            throw new RowRejectedException("the entry's name is no image", "name the entry by its image");
        }

        DatasetImage[] images = [new(HaDpoQuestions.FileOf(entry.Key), null)];
        IReadOnlyDictionary<string, string> others = RowFields.Others(element, Chosen, Rejected);
        byte[] json = JsonMarshal.GetRawUtf8Value(element).ToArray();
        EntryGroup group = new(entry.Key, chosen.Length * rejected.Length, NoExtensions.Value);
        List<DatasetRecord> pairs = [];
        for (int good = 0; good < chosen.Length; good++)
        {
            for (int bad = 0; bad < rejected.Length; bad++)
            {
                DatasetRecord record = new(
                    string.Create(CultureInfo.InvariantCulture, $"{entry.Key}-{good + 1}-{bad + 1}"),
                    images,
                    [new(DatasetRole.Human, Questions[(entry.Row.Row + pairs.Count) % Questions.Length])],
                    [new(DatasetRole.Assistant, chosen[good])],
                    [new(DatasetRole.Assistant, rejected[bad])])
                {
                    Row = entry.Row.Row,
                    Extensions = others,
                };
                pairs.Add(group.Part(record, format, json, pairs.Count));
            }
        }

        return pairs;
    }

    private static string[] Texts(JsonElement entry, string name) => RowLook.Kind(entry, name) == JsonValueKind.Array && entry.GetProperty(name).GetArrayLength() > 0
        ? [.. entry.GetProperty(name).EnumerateArray().Select(text => RowFields.Text(text, name))]
        : throw new RowRejectedException($"field '{name}' is no list, or empty", $"fill in '{name}' or drop the entry");
}
