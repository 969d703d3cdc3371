using System.Buffers;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Texts came through their encodings whole.</summary>
internal sealed class EncodingCheck : IRowCheck
{
    private const string Hint = "read the source with its own encoding and write it again as UTF-8";

    /// <summary>UTF-8 read as Windows-1252: quotes and dashes, and letters with accents.</summary>
    private static readonly string[] Misread = ["\u00E2\u20AC\u2122", "\u00E2\u20AC\u0153", "\u00E2\u20AC\u201C", "\u00E2\u20AC\u009D", "\u00C3\u00A9", "\u00C3\u00A8", "\u00C3\u00BC", "\u00C3\u00B6", "\u00C3\u00A4", "\u00C2\u00A0"];

    private static readonly SearchValues<string> MisreadText = SearchValues.Create(Misread, StringComparison.Ordinal);

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code).Where(letter => letter is not ('\t' or '\n' or '\r')), '\u007F']);

    /// <inheritdoc/>
    public void Check(DatasetRecord record, RowFindings findings)
    {
        foreach ((string part, DatasetMessage message) in RecordTexts.All(record))
        {
            ReadOnlySpan<char> text = message.Text;
            if (text.Contains('\uFFFD'))
            {
                findings.Warn(ProblemKind.Encoding, $"U+FFFD in {part}: a character was lost", Hint);
            }

            if (text.ContainsAny(Controls))
            {
                findings.Warn(ProblemKind.Encoding, $"a control character in {part}", "remove it");
            }

            if (text.ContainsAny(MisreadText))
            {
                findings.Warn(ProblemKind.Encoding, $"UTF-8 read as Windows-1252 in {part}", Hint);
            }
        }
    }
}
