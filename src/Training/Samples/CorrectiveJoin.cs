using System.Text.Json;
using NSft.Data;

namespace NSft.Training.Samples;

/// <summary>Which preference row a corrective conversation belongs to.</summary>
internal static class CorrectiveJoin
{
    private const string Provenance = "meta";
    private const string PairId = "pair_id";

    /// <summary>The id in the conversation's provenance, or its own id where it has none.</summary>
    internal static string PairIdOf(SupervisedRow row)
    {
        if (row.Extensions.TryGetValue(Provenance, out string? json))
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(PairId, out JsonElement id)
                && id.ValueKind == JsonValueKind.String)
            {
                return id.GetString()!;
            }
        }

        return row.Id;
    }
}
