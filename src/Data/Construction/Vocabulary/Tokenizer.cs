namespace NSft.Data.Construction.Vocabulary;

/// <summary>Cuts text into lower-case words and marks.</summary>
internal static class Tokenizer
{
    private const string Marks = ".!?\n,;:()";

    /// <summary>All words and marks of a text in order; other characters only separate.</summary>
    public static List<Token> Tokenize(string text)
    {
        List<Token> tokens = [];
        int position = 0;
        while (position < text.Length)
        {
            char letter = text[position];
            if (char.IsLetterOrDigit(letter) || letter == '&')
            {
                int end = WordEnd(text, position);
                tokens.Add(new Token(Word(text, position, end), position, end));
                position = end;
                continue;
            }

            if (Marks.Contains(letter, StringComparison.Ordinal))
            {
                tokens.Add(new Token(letter.ToString(), position, position + 1));
            }

            position++;
        }

        return tokens;
    }

    private static int WordEnd(string text, int start)
    {
        int end = start + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || IsInside(text, end)))
        {
            end++;
        }

        return end;
    }

    // An apostrophe, hyphen or decimal point belongs to the word only between two letters or digits.
    private static bool IsInside(string text, int position)
    {
        char mark = text[position];
        if (position + 1 >= text.Length || !char.IsLetterOrDigit(text[position + 1]))
        {
            return false;
        }

        return mark is '\'' or '\u2019' or '-' || (mark == '.' && char.IsDigit(text[position - 1]) && char.IsDigit(text[position + 1]));
    }

    private static string Word(string text, int start, int end)
    {
        string word = text[start..end].ToLowerInvariant().Replace('\u2019', '\'');
        return word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
    }
}
