using System.Text;
using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>RLHF-V's rows: an image and a field <c>text</c> that is itself JSON: <c>{question, chosen, rejected}</c>.</summary>
internal sealed class RlhfVFormat() : QuestionRowFormat("rlhf-v", "RLHF-V: rows of {image, text, ...}, text being the JSON of {question, chosen, rejected}")
{
    // Unknown fields of the inner JSON travel under this name and their own.
    private const string Inner = "text.";

    private static readonly string[] InnerNames = ["question", "chosen", "rejected"];

    /// <inheritdoc/>
    protected override string[] ImageNames => ["image", "image_path"];

    /// <inheritdoc/>
    protected override bool HoldsImageBytes => true;

    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) =>
        RowLook.IsText(row, "text") && RowLook.HasAny(row, ImageNames) && TryInner(row, out JsonElement inner) && RowLook.Has(inner, "question", "chosen", "rejected");

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row)
    {
        List<string> known = ["text"];
        IReadOnlyList<DatasetImage> images = ImageFields.Single(row, known, ImageNames);
        _ = RowFields.Required(row, "text");
        if (!TryInner(row, out JsonElement inner))
        {
            throw new RowRejectedException("field 'text' is not the JSON of an object", "write it as the text of {\"question\": ..., \"chosen\": ..., \"rejected\": ...}");
        }

        return new RowContent(
            images,
            [new(DatasetRole.Human, Text(inner, "question"))],
            [new(DatasetRole.Assistant, Text(inner, "chosen"))],
            [new(DatasetRole.Assistant, Text(inner, "rejected"))],
            known)
        {
            Further = RowFields.Others(inner, InnerNames).ToDictionary(field => Inner + field.Key, field => field.Value, StringComparer.Ordinal),
        };
    }

    /// <inheritdoc/>
    protected internal override void WriteRow(RowDraft draft, DatasetRecord record)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter inner = new(buffer, JsonText.Options))
        {
            inner.WriteStartObject();
            inner.WriteString("question", draft.Question(record));
            inner.WriteString("chosen", draft.Answer(record.Chosen, "chosen"));
            inner.WriteString("rejected", draft.Answer(record.Rejected, "rejected"));
            foreach ((string name, string json) in record.Extensions.Where(IsInner))
            {
                inner.WritePropertyName(name[Inner.Length..]);
                JsonText.WriteRaw(inner, json);
            }

            inner.WriteEndObject();
        }

        draft.Image("image", record);
        draft.Text("text", Encoding.UTF8.GetString(buffer.ToArray()));
        draft.Skip(record.Extensions.Where(IsInner).Select(field => field.Key));
    }

    private static bool IsInner(KeyValuePair<string, string> field) =>
        field.Key.StartsWith(Inner, StringComparison.Ordinal) && !InnerNames.Contains(field.Key[Inner.Length..]);

    private static bool TryInner(JsonElement row, out JsonElement inner)
    {
        inner = default;
        try
        {
            inner = JsonElement.Parse(row.GetProperty("text").GetString()!);
            return inner.ValueKind == JsonValueKind.Object;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
