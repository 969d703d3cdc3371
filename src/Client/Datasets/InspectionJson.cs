using System.Text.Json;
using NSft.Client.Output;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary>An inspected row as one JSON object.</summary>
internal static class InspectionJson
{
    /// <summary>Writes it to standard output.</summary>
    public static void Write(DatasetInput input, InspectedRow row) => ConsoleOutput.WriteJson(new
    {
        Data = input.Path,
        Format = input.Format.Name,
        row.Record.Row,
        row.Record.Id,
        Images = row.Images.Select(image => new
        {
            image.Image.Path,
            EmbeddedBytes = image.Image.Bytes?.Length,
            image.Facts?.Width,
            image.Facts?.Height,
            image.Facts?.Mode,
        }),
        Prompt = Messages(row.Record.Prompt),
        Chosen = Messages(row.Record.Chosen),
        Rejected = Messages(row.Record.Rejected),
        Extensions = row.Record.Extensions.ToDictionary(field => field.Key, field => JsonElement.Parse(field.Value)),
        Template = row.Sides.Count > 0 ? row.Sides[0].Encoding.Template : null,
        Limit = row.Sides.Count > 0 ? row.Sides[0].Encoding.Limit : (int?)null,
        Sides = row.Sides.Select(side => new
        {
            side.Side,
            Text = string.Concat(side.Text().Select(span => span.Text)),
            TrainedText = side.Text().Where(span => span.IsTrained).Select(span => span.Text),
            Tokens = side.Encoded.Ids.Length,
            side.ImageTokens,
            TrainedTokens = side.Encoded.LabelCount,
            side.Encoded.Ids,
            side.Encoded.Labels,
            Pieces = side.Encoded.Ids.Select(side.Encoding.PieceOf),
        }),
        row.Notes,
    });

    private static IEnumerable<object>? Messages(IReadOnlyList<DatasetMessage>? messages) =>
        messages?.Select(message => new { Role = ProblemJson.NameOf(message.Role), message.Text });
}
