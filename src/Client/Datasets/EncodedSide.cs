using System.Globalization;
using System.Text;
using NSft.Model.Conversation;

namespace NSft.Client.Datasets;

/// <summary>One side of a row as training sees it.</summary>
/// <param name="Side">chosen, rejected, or answer.</param>
/// <param name="Encoded">Ids and labels.</param>
/// <param name="Encoding">What encoded them.</param>
internal sealed record EncodedSide(string Side, EncodedConversation Encoded, DatasetEncoding Encoding)
{
    /// <summary>Tokens of the image.</summary>
    public int ImageTokens => Encoded.Ids.Count(id => id == Encoding.Config.ImageTokenId);

    /// <summary>The ids as text, cut where training begins and ends; an image stands as one marker.</summary>
    public IReadOnlyList<TrainedSpan> Text() => Spans(TextOf);

    /// <summary>The ids with their pieces, cut where training begins and ends; an image stands as one entry.</summary>
    public IReadOnlyList<TrainedSpan> Tokens() => Spans(TokensOf);

    private List<TrainedSpan> Spans(Func<ReadOnlySpan<int>, string> write)
    {
        List<TrainedSpan> spans = [];
        int[] labels = Encoded.Labels;
        for (int start = 0; start < labels.Length;)
        {
            int end = start;
            while (end < labels.Length && (labels[end] == LabelIds.Ignore) == (labels[start] == LabelIds.Ignore))
            {
                end++;
            }

            spans.Add(new TrainedSpan(write(Encoded.Ids.AsSpan(start, end - start)), labels[start] != LabelIds.Ignore));
            start = end;
        }

        return spans;
    }

    private string TextOf(ReadOnlySpan<int> ids)
    {
        StringBuilder text = new();
        List<byte> bytes = [];
        for (int index = 0; index < ids.Length; index++)
        {
            string piece = Encoding.PieceOf(ids[index]);
            if (IsByte(piece, out byte value))
            {
                bytes.Add(value);
                continue;
            }

            Flush(bytes, text);
            int run = ImageRun(ids[index..]);
            text.Append(run > 0 ? ConversationTemplate.ImageMarker : piece.Replace('\u2581', ' '));
            index += Math.Max(0, run - 1);
        }

        Flush(bytes, text);
        return text.ToString();
    }

    private string TokensOf(ReadOnlySpan<int> ids)
    {
        StringBuilder text = new();
        for (int index = 0; index < ids.Length; index++)
        {
            int run = ImageRun(ids[index..]);
            string times = run > 1 ? string.Create(CultureInfo.InvariantCulture, $" x{run}") : "";
            text.Append(text.Length > 0 ? "  " : "").Append(CultureInfo.InvariantCulture, $"{ids[index]} {Encoding.PieceOf(ids[index])}{times}");
            index += Math.Max(0, run - 1);
        }

        return text.ToString();
    }

    private int ImageRun(ReadOnlySpan<int> ids)
    {
        int end = ids.IndexOfAnyExcept(Encoding.Config.ImageTokenId);
        return end < 0 ? ids.Length : end;
    }

    private static bool IsByte(string piece, out byte value)
    {
        value = 0;
        return piece.Length == 6 && piece.StartsWith("<0x", StringComparison.Ordinal)
            && byte.TryParse(piece.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static void Flush(List<byte> bytes, StringBuilder text)
    {
        text.Append(System.Text.Encoding.UTF8.GetString([.. bytes]));
        bytes.Clear();
    }
}
