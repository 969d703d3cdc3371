using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Parsing;

/// <summary>Takes the terms of a text one by one and builds the statement.</summary>
internal sealed class StatementBuilder(Lexicon lexicon, string text)
{
    private readonly Statement _statement = new() { Text = text };
    private readonly NounPhrase _phrase = new();
    private Mention? _last;
    private Mention? _predicateOf;
    private Mention? _relationSubject;
    private int _relation;
    private int _frontPlace = -1;
    private bool _isAlternative;
    private int _attributeEnd;

    /// <summary>Whether the next property may be said of an object by "is".</summary>
    public bool IsPredicate => _predicateOf is not null && _phrase.Article is null;

    /// <summary>Whether the last word was a property in front of a noun.</summary>
    public bool IsInsideAttributes => _phrase.EndsWithAttribute;

    /// <summary>A punctuation mark.</summary>
    public void AddMark(Token mark)
    {
        EndPhrase();
        _isAlternative = false;
        _relationSubject = null;
        if (mark.EndsSentence)
        {
            _last = null;
            _frontPlace = -1;
        }
    }

    /// <summary>A word that the lexicon does not know.</summary>
    public void AddUnknown()
    {
        _statement.UnknownWordCount++;
        if (!_phrase.AddUnknown())
        {
            EndPhrase();
        }
    }

    /// <summary>A phrase of the lexicon.</summary>
    /// <param name="term">Its meaning.</param>
    /// <param name="start">Offset of its first character.</param>
    /// <param name="end">Offset behind its last character.</param>
    /// <param name="isFirst">Whether the text begins with it.</param>
    public void Add(Term term, int start, int end, bool isFirst)
    {
        switch (term.Role)
        {
            case TermRole.Category:
                AddMention(term, start, end);
                break;
            case TermRole.Attribute:
                AddAttribute(new AttributeValue(term.Index, term.Value), start, end);
                break;
            case TermRole.Place:
                AddPlace(term.Index, end);
                break;
            case TermRole.Relation:
                AddRelation(term.Index);
                break;
            case TermRole.Cover or TermRole.AnyObject:
                AddBroadNoun(term);
                break;
            case TermRole.Number:
                EndPredicate();
                _statement.FirstNumber ??= term.Index;
                _phrase.AddNumber(term.Index, start);
                break;
            case TermRole.Article or TermRole.Definite or TermRole.Vague:
                EndPredicate();
                _phrase.AddArticle(term.Role, start);
                break;
            default:
                AddGrammar(term.Role, start, isFirst);
                break;
        }
    }

    /// <summary>The statement.</summary>
    public Statement Finish()
    {
        EndPhrase();
        return _statement;
    }

    private void AddGrammar(TermRole role, int start, bool isFirst)
    {
        switch (role)
        {
            case TermRole.Negation:
                if (_predicateOf is null)
                {
                    EndPhrase();
                }

                _phrase.AddNegation(start);
                break;
            case TermRole.Copula:
                EndPhrase();
                _predicateOf = _last;
                _statement.OpensWithCopula |= isFirst;
                break;
            case TermRole.Join when _phrase.EndsWithAttribute:
                _phrase.AddJoin();
                break;
            case TermRole.Alternative:
                EndPhrase();
                if (_isAlternative)
                {
                    _phrase.AddNegation(start);
                }

                break;
            case TermRole.Opener:
                EndPhrase();
                _statement.AsksExistence |= isFirst;
                break;
            case TermRole.HowMany:
                EndPhrase();
                _statement.AsksCount = true;
                _phrase.AddCountQuestion(start);
                break;
            default:
                EndPhrase();
                break;
        }
    }

    private void AddAttribute(AttributeValue value, int start, int end)
    {
        _attributeEnd = end;
        _statement.AllAttributes.Add(value);
        bool replacesGroup = _phrase.Attributes.Exists(other => lexicon.Contradict(other, value));
        _phrase.AddAttribute(value, start, replacesGroup);
    }

    private void AddMention(Term term, int start, int end)
    {
        bool isPlural = term.Form == WordForm.Plural || _phrase.Number > 1 || (_phrase.Article == TermRole.Vague && _phrase.Number is null);
        bool isNumberOpen = isPlural || (term.Form == WordForm.Either && _phrase.Article is null);
        Mention mention = new(term.Index)
        {
            IsNegated = _phrase.IsNegated || _phrase.Number == 0,
            IsPlural = isPlural,
            IsDefinite = _phrase.Article == TermRole.Definite,
            IsCountAsked = _phrase.IsCountAsked,
            Count = _phrase.Number ?? (isNumberOpen ? null : 1),
            HasWrittenCount = _phrase.Number is not null,
            Start = _phrase.Start >= 0 ? _phrase.Start : start,
            End = end,
        };
        mention.Attributes.AddRange(_phrase.Attributes);
        _phrase.Clear();
        _isAlternative = mention.IsNegated;
        mention = mention.IsNegated ? Keep(mention, _statement.Absent) : Earlier(mention) ?? Keep(mention, _statement.Present);
        PlaceFront(mention);
        if (_relationSubject is not null && !mention.IsNegated && _relationSubject != mention && _relationSubject.Relation < 0)
        {
            _relationSubject.Relation = _relation;
            _relationSubject.Target = mention;
        }

        _relationSubject = null;
        _last = mention;
        _predicateOf = _statement.OpensWithCopula ? mention : null;
    }

    private void PlaceFront(Mention mention)
    {
        if (_frontPlace >= 0 && mention.Place < 0)
        {
            mention.Place = _frontPlace;
            _frontPlace = -1;
        }
    }

    private static Mention Keep(Mention mention, List<Mention> list)
    {
        list.Add(mention);
        return mention;
    }

    // "the dog" speaks of a dog named before when there is just one that it can be.
    private Mention? Earlier(Mention mention)
    {
        if (!mention.IsDefinite)
        {
            return null;
        }

        List<Mention> known = [.. _statement.Of(mention.Category).Where(other => !mention.Attributes.Exists(value => other.Attributes.Exists(old => lexicon.Contradict(old, value))))];
        if (known.Count == 0)
        {
            return null;
        }

        if (known.Count == 1)
        {
            known[0].Attributes.AddRange(mention.Attributes.Where(value => !known[0].Attributes.Contains(value)));
        }

        return known[^1];
    }

    private void AddPlace(int place, int end)
    {
        EndPhrase();
        _statement.AnyPlace = place;
        if (_last is null)
        {
            _frontPlace = place;
        }
        else if (_last.Place < 0)
        {
            _last.Place = place;
            _last.End = Math.Max(_last.End, end);
        }
    }

    private void AddRelation(int relation)
    {
        EndPhrase();
        if (_last is { IsNegated: false })
        {
            _relationSubject = _last;
            _relation = relation;
        }
    }

    private void AddBroadNoun(Term term)
    {
        EndPredicate();
        if (term.Role == TermRole.Cover)
        {
            _statement.Covered.UnionWith(lexicon.Content.Covers[term.Index]);
        }
        else
        {
            _statement.SpeaksOfAnyObject = true;
            _statement.Total ??= _phrase.IsNegated ? null : _phrase.Number;
        }

        _phrase.Clear();
        _relationSubject = null;
        _last = null;
    }

    private void EndPhrase()
    {
        EndPredicate();
        _phrase.Clear();
    }

    // "the star is red": the properties gathered belong to the star, unless "not" stands before them.
    private void EndPredicate()
    {
        if (_predicateOf is not null && _phrase.Attributes.Count > 0 && _phrase.Article is null && !_phrase.IsNegated)
        {
            _predicateOf.Attributes.AddRange(_phrase.Attributes.Where(value => !_predicateOf.Attributes.Contains(value)));
            bool isSameSentence = _attributeEnd > _predicateOf.End && !text.AsSpan(_predicateOf.End, _attributeEnd - _predicateOf.End).ContainsAny('.', '!', '?');
            _predicateOf.End = isSameSentence ? _attributeEnd : _predicateOf.End;
        }

        _predicateOf = null;
    }
}
