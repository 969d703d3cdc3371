using System.Text;

namespace NSft.Data;

/// <summary>Compares answers as a reader would: case, spacing and the closing punctuation do not matter.</summary>
public static class AnswerText
{
    private const string Closing = ".,!?;:\"'";

    /// <summary>Whether two answers say the same in the same words.</summary>
    public static bool AreEqual(string first, string second) => string.Equals(Normalise(first), Normalise(second), StringComparison.Ordinal);

    /// <summary>An answer in lower case, with single spaces and without closing punctuation.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder words = new(text.Length);
        foreach (char letter in text)
        {
            if (!char.IsWhiteSpace(letter))
            {
                words.Append(char.ToLowerInvariant(letter));
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        string line = words.ToString().TrimEnd();
        string bare = line.TrimEnd([.. Closing, ' ']);
        return bare.Length > 0 ? bare : line;
    }
}
