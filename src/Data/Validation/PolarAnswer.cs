using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Answers that begin with yes or no.</summary>
public static class PolarAnswer
{
    /// <summary>True for yes, false for no, null for any other answer.</summary>
    public static bool? Of(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ReadOnlySpan<char> text = answer.AsSpan().TrimStart();
        return StartsWith(text, "yes") ? true : StartsWith(text, "no") ? false : null;
    }

    /// <summary>How often a row's answers that are trained on say yes and no.</summary>
    public static (int Yes, int No) Count(DatasetRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        int yes = 0;
        int no = 0;
        foreach (DatasetMessage message in record.Prompt.Concat(record.Chosen ?? []))
        {
            if (message.Role == DatasetRole.Assistant && Of(message.Text) is bool isYes)
            {
                yes += isYes ? 1 : 0;
                no += isYes ? 0 : 1;
            }
        }

        return (yes, no);
    }

    private static bool StartsWith(ReadOnlySpan<char> text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length]));
}
