using System.Text;
using System.Text.RegularExpressions;
using NSft.Data.Construction.Parsing;
using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Writing;

/// <summary>Fills the slots of a short-answer pattern.</summary>
internal sealed class PatternWriter(Lexicon lexicon, ShortAnswerPatterns patterns)
{
    private const string ArticleSlot = "{a}";

    private static readonly HashSet<string> Determiners = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "this", "that", "these", "those", "his", "her", "their", "its", "my", "your", "our", "some", "no", "many", "several", "two", "three", "four", "both", "in",
        "on", "at", "with", "by", "under", "behind", "near", "to", "from", "for", "of", "very", "yes", "not", "all", "each",
    };

    /// <summary>Asks about an answer.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="question">The source question.</param>
    /// <param name="groups">What the pattern found in it.</param>
    /// <param name="answer">The answer asked about.</param>
    /// <param name="truth">The true answer.</param>
    /// <returns>The turn, which confirms nothing yet.</returns>
    public CorrectiveTurn Write(ShortAnswerPattern pattern, string question, GroupCollection groups, string answer, string truth)
    {
        bool isTrue = answer == truth;
        Slots slots = new(question, groups, answer, truth);
        return new CorrectiveTurn(
            Fill(pattern.Ask, slots), Fill(isTrue ? pattern.Yes : pattern.No, slots), pattern.Code, isTrue ? TurnPolarity.Yes : TurnPolarity.No, TurnKind.Correct);
    }

    private string Fill(string pattern, Slots slots)
    {
        StringBuilder text = new();
        int position = 0;
        int open;
        while ((open = pattern.IndexOf('{', position)) >= 0 && pattern.IndexOf('}', open) is int close and > 0)
        {
            text.Append(pattern, position, open - position).Append(Slot(pattern[(open + 1)..close], slots));
            position = close + 1;
        }

        return Tidy(text.Append(pattern, position, pattern.Length - position).ToString());
    }

    private string Slot(string slot, Slots slots) => slot switch
    {
        "a" => ArticleSlot,
        "source" => slots.Question.EndsWith('?') ? slots.Question : slots.Question + "?",
        "counted" => Counted(slots.Answer, slots),
        "true counted" => Counted(slots.Truth, slots),
        "be" => Be(slots.Answer),
        "Be" => Be(slots.Answer) == "is" ? "Is" : "Are",
        "true be" => Be(slots.Truth),
        _ when slot.StartsWith("an ", StringComparison.Ordinal) => WithArticle(string.Join(' ', PatternText.Groups(slot).Select(group => Group(group, slots)))),
        _ => char.IsUpper(slot[0]) ? Capital(Group(char.ToLowerInvariant(slot[0]) + slot[1..], slots)) : Group(slot, slots),
    };

    private static string Group(string name, Slots slots) => name switch
    {
        "answer" => slots.Answer,
        "true" => slots.Truth,
        _ => slots.Groups[name].Value,
    };

    private string Be(string answer) => PlainAnswer.Number(answer, lexicon) == 1 ? "is" : "are";

    private string Counted(string answer, Slots slots)
    {
        string things = slots.Groups["things"].Value;
        int number = PlainAnswer.Number(answer, lexicon) ?? 0;
        if (number == 1)
        {
            int end = things.IndexOf(" of ", StringComparison.Ordinal) is int of and > 0 ? of : things.Length;
            int start = things.LastIndexOf(' ', end - 1) + 1;
            things = things[..start] + NounForm.SingularOf(things[start..end].ToLowerInvariant()) + things[end..];
        }

        return $"{(number == 0 ? "no" : answer)} {things}";
    }

    // Names, plurals, numbers and what is uncountable or has a determiner take none.
    private string WithArticle(string phrase)
    {
        string[] words = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || char.IsUpper(words[0][0]) || !char.IsLetter(words[0][0]) || Determiners.Contains(words[0]) || patterns.WithoutArticle.Contains(words[^1]))
        {
            return phrase;
        }

        int head = Array.FindIndex(words, word => Determiners.Contains(word) || word is "and" or "or");
        string noun = words[head > 0 ? head - 1 : words.Length - 1].ToLowerInvariant();
        bool isBare = NounForm.IsPlural(noun) || noun.EndsWith("ing", StringComparison.Ordinal) || IsProperty(words) || (head > 0 && words[head] is "and" or "or");
        return isBare ? phrase : $"{lexicon.Article(phrase)} {phrase}";
    }

    private bool IsProperty(string[] words)
    {
        (int length, IReadOnlyList<Term> terms) = lexicon.Content.Phrases.Match(Tokenizer.Tokenize(words[^1]), 0);
        return length == 1 && terms.All(term => term.Role == TermRole.Attribute);
    }

    private string Tidy(string text)
    {
        int place;
        while ((place = text.IndexOf(ArticleSlot, StringComparison.Ordinal)) >= 0)
        {
            string rest = text[(place + ArticleSlot.Length)..];
            text = text[..place] + lexicon.Article(rest.TrimStart().TrimEnd('.', '?')) + rest;
        }

        return Spaces(text);
    }

    private static string Spaces(string text)
    {
        StringBuilder tidy = new(text.Length);
        foreach (char letter in text)
        {
            bool isDouble = letter == ' ' && tidy.Length > 0 && tidy[^1] == ' ';
            if (letter is '?' or '.' && tidy.Length > 0 && tidy[^1] == ' ')
            {
                tidy.Length--;
            }

            if (!isDouble)
            {
                tidy.Append(letter);
            }
        }

        return tidy.ToString();
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private readonly record struct Slots(string Question, GroupCollection Groups, string Answer, string Truth);
}
