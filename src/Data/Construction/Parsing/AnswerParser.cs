using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Parsing;

/// <summary>Reads an answer together with its question: "No." to "Is there a cat?" says that there is no cat.</summary>
internal sealed class AnswerParser(Lexicon lexicon)
{
    private const int ShortestAccount = 5;

    private static readonly HashSet<string> QuestionWords = new(StringComparer.Ordinal) { "what", "who", "whose", "where", "when", "why", "which", "how" };

    private static readonly string[] ImageWords = ["image", "picture", "photo", "snapshot", "scene", "illustration", "you see"];

    private readonly StatementParser _parser = new(lexicon);

    /// <summary>Reads an answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer.</param>
    public Statement Parse(string question, string answer) => Parse(Ask(question), answer);

    /// <summary>Reads a question, to read several answers to it.</summary>
    public Statement Ask(string question) => _parser.Parse(SourceQuestion.Read(question).Core);

    /// <summary>Reads an answer to a question.</summary>
    public Statement Parse(Statement asked, string answer)
    {
        bool isYesNoQuestion = asked.AsksExistence || asked.OpensWithCopula;
        bool? polarity = Polarity(answer);
        Statement said = _parser.Parse(answer, polarity is null ? 0 : 1);
        if (isYesNoQuestion && polarity == true)
        {
            Affirm(asked, said);
        }
        else if (isYesNoQuestion && polarity == false)
        {
            Deny(asked, said);
        }
        else if (polarity is null)
        {
            Complete(asked, said);
        }

        said.IsDescription = polarity is null && !isYesNoQuestion && said.Present.Count > 0 && asked.Present.Count == 0 && !asked.SpeaksOfAnyObject && !asked.AsksCount
            && AsksForDescription(asked.Text, answer);
        return said;
    }

    // "Woman." to "Who is in front?" leaves the rest of the image open: only instructions and questions about the image are answered by an account of it.
    private static bool AsksForDescription(string question, string answer)
    {
        string first = question.AsSpan().TrimStart().ToString().Split(' ', 2)[0].ToLowerInvariant();
        bool isQuestion = question.EndsWith('?') || QuestionWords.Contains(first);
        return !isQuestion
            || (first is not ("who" or "where" or "when" or "why" or "which") && answer.Count(letter => letter == ' ') >= ShortestAccount - 1
                && ImageWords.Any(word => question.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether an answer says yes or no, or null for neither.</summary>
    /// <remarks>"no" answers when it stands alone or before a comma, "there", "it" or "the"; in "no dog is there" it belongs to the dog.</remarks>
    public bool? Polarity(string answer)
    {
        List<Token> tokens = Tokenizer.Tokenize(answer);
        if (tokens.Count == 0)
        {
            return null;
        }

        if (lexicon.Content.YesWords.Contains(tokens[0].Text))
        {
            return true;
        }

        if (!lexicon.Content.NoWords.Contains(tokens[0].Text))
        {
            return null;
        }

        bool standsAlone = tokens.Count == 1 || tokens[1].IsMark
            || lexicon.Content.Phrases.Match(tokens, 1).Terms.Any(term => term.Role is TermRole.Definite or TermRole.Stop);
        return standsAlone ? false : null;
    }

    private static void Affirm(Statement asked, Statement said)
    {
        foreach (Mention claim in asked.Present)
        {
            List<Mention> same = [.. said.Of(claim.Category)];
            if (same.Count == 0)
            {
                said.Present.Add(claim.With([], -1, 0, said.Text.Length));
            }
            else if (same.Count == 1)
            {
                same[0].Attributes.AddRange(claim.Attributes.Where(value => !same[0].Of(value.Group).Any()));
                same[0].Place = same[0].Place < 0 ? claim.Place : same[0].Place;
            }
        }
    }

    // A question with unknown words or relations asks for more than existence: its "no" denies the whole, not the object.
    private static void Deny(Statement asked, Statement said)
    {
        if (asked.Present.Count != 1 || asked.UnknownWordCount > 0)
        {
            return;
        }

        Mention claim = asked.Present[0];
        bool isDetailed = claim.Attributes.Count > 0 || claim.Place >= 0;
        bool isOpen = claim.HasWrittenCount || claim.Relation >= 0 || (!asked.AsksExistence && !isDetailed);
        bool isSaid = !isDetailed && (said.Of(claim.Category).Any() || said.Absent.Exists(other => other.Category == claim.Category));
        if (!isOpen && !isSaid)
        {
            Mention absent = new(claim.Category) { IsNegated = true, Start = 0, End = said.Text.Length, Place = claim.Place };
            absent.Attributes.AddRange(claim.Attributes);
            said.Absent.Add(absent);
        }
    }

    // "What color is the cat?" - "Black."  "Where is it?" - "On the left."  "How many dogs are there?" - "Two."
    private static void Complete(Statement asked, Statement said)
    {
        if (asked.SpeaksOfAnyObject && asked.AsksCount)
        {
            said.Total ??= said.FirstNumber;
            return;
        }

        // With words that the lexicon does not know the question may be about a part or an act of the object.
        if (asked.Present.Count != 1 || asked.UnknownWordCount > 0 || said.Present.Count > 0 || said.Absent.Count > 0)
        {
            return;
        }

        Mention claim = asked.Present[0];
        int end = said.Text.Length;
        if (claim.IsCountAsked && said.FirstNumber is int number)
        {
            Mention counted = new(claim.Category) { Count = number, HasWrittenCount = true, IsPlural = number != 1, IsNegated = number == 0, Start = 0, End = end };
            (number == 0 ? said.Absent : said.Present).Add(counted);
        }
        else if (!claim.IsCountAsked && (said.AllAttributes.Count > 0 || said.AnyPlace >= 0))
        {
            said.Present.Add(claim.With(said.AllAttributes, said.AnyPlace, 0, end));
        }
    }
}
