using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Parsing;

/// <summary>Reads a text into a <see cref="Statement"/>: which objects, with which properties, where, how many.</summary>
/// <remarks>One pass over the words, longest phrase first; what is not clear is left out rather than guessed.</remarks>
internal sealed class StatementParser(Lexicon lexicon)
{
    private readonly PhraseTable _phrases = lexicon.Content.Phrases;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="skippedWords">How many leading words are left out: an answer's "yes" or "no".</param>
    public Statement Parse(string text, int skippedWords = 0)
    {
        List<Token> tokens = Tokenizer.Tokenize(text);
        StatementBuilder builder = new(lexicon, text);
        int position = skippedWords;
        while (position < tokens.Count)
        {
            Token token = tokens[position];
            if (token.IsMark)
            {
                bool goesOn = !token.EndsSentence && builder.IsInsideAttributes && StartsAttribute(tokens, position + 1);
                if (!goesOn)
                {
                    builder.AddMark(token);
                }

                position++;
                continue;
            }

            (int length, IReadOnlyList<Term> terms) = _phrases.Match(tokens, position);
            if (length == 0)
            {
                builder.AddUnknown();
                position++;
                continue;
            }

            Token last = tokens[position + length - 1];
            builder.Add(Choose(terms, tokens, position + length, builder), token.Start, last.End, isFirst: position == 0);
            position += length;
        }

        return builder.Finish();
    }

    // "orange" is a fruit and a color: a color before a noun and after "is", otherwise the fruit.
    private Term Choose(IReadOnlyList<Term> terms, List<Token> tokens, int next, StatementBuilder builder)
    {
        if (terms.Count == 1)
        {
            return terms[0];
        }

        int attribute = IndexOf(terms, TermRole.Attribute);
        int category = IndexOf(terms, TermRole.Category);
        if (attribute < 0 || category < 0)
        {
            return terms[0];
        }

        return builder.IsPredicate || StartsNoun(tokens, next) ? terms[attribute] : terms[category];
    }

    private bool StartsNoun(List<Token> tokens, int position) =>
        StartsWith(tokens, position, role => role is TermRole.Attribute or TermRole.Category or TermRole.AnyObject or TermRole.Cover or TermRole.Ignored)
        || (StartsWith(tokens, position, role => role is TermRole.Join) && StartsAttribute(tokens, position + 1));

    private bool StartsAttribute(List<Token> tokens, int position) => StartsWith(tokens, position, role => role is TermRole.Attribute);

    private bool StartsWith(List<Token> tokens, int position, Func<TermRole, bool> isWanted) =>
        position < tokens.Count && _phrases.Match(tokens, position).Terms.Any(term => isWanted(term.Role));

    private static int IndexOf(IReadOnlyList<Term> terms, TermRole role)
    {
        for (int index = 0; index < terms.Count; index++)
        {
            if (terms[index].Role == role)
            {
                return index;
            }
        }

        return -1;
    }
}
