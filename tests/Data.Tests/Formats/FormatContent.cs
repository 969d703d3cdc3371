using NSft.Data.Formats;

namespace NSft.Data.Tests.Formats;

/// <summary>What a record holds, as text to compare; where a marker stands does not matter when it is in front of the prompt or behind.</summary>
internal static class FormatContent
{
    public static string Of(DatasetRecord record) => string.Join('\n', [Core(record), .. record.Extensions.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key} = {field.Value}")]);

    public static string Core(DatasetRecord record) => string.Join(
        '\n', record.Id, Images(record.Images), "prompt " + Turns(record.Prompt), "chosen " + Turns(record.Chosen), "rejected " + Turns(record.Rejected));

    private static string Images(IReadOnlyList<DatasetImage> images) =>
        string.Join(" + ", images.Select(image => $"{image.Path}:{(image.Bytes is ReadOnlyMemory<byte> bytes ? Convert.ToHexString(bytes.Span) : "")}"));

    private static string Turns(IReadOnlyList<DatasetMessage>? messages) => messages is null ? "none" : string.Join(
        " | ", messages.Select(message => $"{message.Role}: {Bare(message.Text)} {string.Join(',', message.Extensions.Select(field => field.Key + field.Value))}"));

    private static string Bare(string text) => text.Replace("<image>", "", StringComparison.Ordinal).Trim();
}
