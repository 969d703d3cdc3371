namespace NSft.Evaluation.Chair;

/// <summary>Splits a caption into lower-case words.</summary>
internal static class CaptionWords
{
    /// <summary>The words in reading order; punctuation separates, and keeps names from reaching over it.</summary>
    public static List<MentionWord> Split(string caption)
    {
        List<MentionWord> words = [];
        bool joins = false;
        for (int index = 0; index < caption.Length;)
        {
            char letter = caption[index];
            if (!char.IsLetterOrDigit(letter))
            {
                joins &= letter is ' ' or '-' or '\n' or '\t';
                index++;
                continue;
            }

            int start = index;
            while (index < caption.Length && (char.IsLetterOrDigit(caption[index]) || IsApostropheInside(caption, index)))
            {
                index++;
            }

            words.Add(new MentionWord(Lower(caption[start..index]), start, joins));
            joins = true;
        }

        return words;
    }

    private static bool IsApostropheInside(string text, int index) =>
        text[index] is '\'' && index + 2 < text.Length && char.IsLetter(text[index + 1]) && char.IsLetter(text[index + 2]);

#pragma warning disable CA1308 // captions are compared in lower case by CHAIR's definition
    private static string Lower(string word) => word.ToLowerInvariant();
#pragma warning restore CA1308
}
