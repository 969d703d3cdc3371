using NSft.Data.Construction.Vocabulary;

namespace NSft.Data.Construction.Reporting;

/// <summary>Finds the nouns and verbs of a text by rule, to count them: the same on every machine, no model.</summary>
/// <remarks>
/// Function words, adjectives and verb forms are lists, what else ends like an adjective or adverb is one, and a word that can be noun and
/// verb ("park", "watches") is told by what stands around it. Limits: English only; names (capitals inside a sentence) are left out; an
/// unknown verb counts as a noun, an unknown adjective in front of a noun too; the head of a compound and its parts count one by one
/// ("tennis", "racket"). Good for a table of frequent words, not for grammar.
/// </remarks>
public static class WordTagger
{
    private static readonly string[] AdjectiveEndings = ["ful", "ous", "ive", "able", "ible", "ish", "less", "ical", "ular", "ern", "ese"];

    /// <summary>The words of a text in order, with their base forms.</summary>
    public static IReadOnlyList<TaggedWord> Tag(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WordLists lists = WordLists.Bundled;
        List<Token> tokens = Tokenizer.Tokenize(text);
        List<TaggedWord> words = [];
        Sentence sentence = new();
        for (int index = 0; index < tokens.Count; index++)
        {
            Token token = tokens[index];
            if (token.IsMark)
            {
                sentence = token.EndsSentence ? new Sentence() : sentence with { Before = Place.Open, IsFirst = false };
                continue;
            }

            bool isName = !sentence.IsFirst && char.IsUpper(text[token.Start]);
            string next = index + 1 < tokens.Count ? tokens[index + 1].Text : ".";
            TaggedWord word = isName ? new TaggedWord(WordClass.Other, token.Text) : Classify(token.Text, next, sentence, lists);
            words.Add(word);
            sentence = Advance(sentence, token.Text, isName ? new TaggedWord(WordClass.Noun, token.Text) : word, lists);
        }

        return words;
    }

    private static TaggedWord Classify(string word, string next, Sentence sentence, WordLists lists)
    {
        bool isGrammar = lists.Function.Contains(word) || lists.Auxiliaries.Contains(word) || lists.Helpers.Contains(word) || lists.Haves.Contains(word);
        if (isGrammar || word.Length < 2 || word.Any(char.IsDigit))
        {
            return new TaggedWord(WordClass.Other, word);
        }

        if (lists.VerbOf(word) is string verb && IsVerb(word, verb, next, sentence, lists))
        {
            return new TaggedWord(WordClass.Verb, verb);
        }

        bool isUnknownAct = word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 5 && sentence.Before == Place.Named;
        bool isModifier = sentence.Before == Place.Determined && (word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal)) && lists.VerbOf(word) is not null && IsOpen(next, lists);
        bool isAdjective = isModifier || isUnknownAct || lists.Adjectives.Contains(word) || word.EndsWith("ly", StringComparison.Ordinal) || AdjectiveEndings.Any(ending => word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal));
        return isAdjective ? new TaggedWord(WordClass.Other, word) : new TaggedWord(WordClass.Noun, NounForm.SingularOf(word));
    }

    private static bool IsVerb(string word, string verb, string next, Sentence sentence, WordLists lists)
    {
        if (lists.Adjectives.Contains(word))
        {
            return sentence.Before == Place.Helped && !sentence.IsQuestioned;
        }

        if (sentence.Before == Place.Determined)
        {
            return false;
        }

        if (word.EndsWith("ing", StringComparison.Ordinal))
        {
            return true;
        }

        bool isInfinitive = word == verb;
        bool isPast = !isInfinitive && !word.EndsWith('s');
        if (isPast)
        {
            return sentence.Before != Place.Prepositional || !IsOpen(next, lists);
        }

        if (isInfinitive && (sentence.Before == Place.Helped || (sentence.IsQuestioned && sentence.Before == Place.Named)))
        {
            return sentence.Before != Place.Helped || !sentence.IsQuestioned || lists.VerbsOnly.Contains(verb);
        }

        if (lists.VerbsOnly.Contains(verb))
        {
            return sentence.Before is not Place.Prepositional || !isInfinitive;
        }

        // "The man rides a wave", "two horse rides", "people walk on": a noun before and no noun behind.
        bool agrees = isInfinitive ? sentence.IsPlural : !sentence.IsPlural;
        bool endsSentence = next is "." or "?" or "!";
        return sentence.Before is Place.Named or Place.Standing && agrees && !sentence.HasVerb && !IsOpen(next, lists) && (!endsSentence || sentence.Before == Place.Standing || !isInfinitive);
    }

    private static bool IsOpen(string word, WordLists lists) =>
        char.IsLetter(word[0]) && !lists.Function.Contains(word) && !lists.Auxiliaries.Contains(word) && !lists.Helpers.Contains(word) && !lists.Haves.Contains(word);

    private static Sentence Advance(Sentence sentence, string word, TaggedWord tagged, WordLists lists)
    {
        bool isHelper = lists.Helpers.Contains(word);
        bool isBe = lists.Auxiliaries.Contains(word);
        Place place = tagged.Class switch
        {
            WordClass.Noun => Place.Named,
            WordClass.Verb => Place.Open,
            _ when isHelper => Place.Helped,
            _ when isBe || (word == "that" && sentence.Before == Place.Named) => isBe ? Place.Open : Place.Standing,
            _ when lists.Determiners.Contains(word) => Place.Determined,
            _ when lists.Pronouns.Contains(word) => Place.Standing,
            _ when lists.Prepositions.Contains(word) => Place.Prepositional,
            _ when lists.Adjectives.Contains(word) && sentence.Before == Place.Determined => Place.Determined,
            _ when sentence.Before == Place.Determined && !lists.Function.Contains(word) => Place.Determined,
            _ => sentence.Before == Place.Helped ? Place.Helped : Place.Open,
        };
        return new Sentence
        {
            Before = place,
            IsFirst = false,
            HasVerb = tagged.Class == WordClass.Verb || isBe || (sentence.HasVerb && word is not ("that" or "who" or "and" or "which" or "while")),
            IsPlural = place == Place.Named ? NounForm.IsPlural(word) : place == Place.Standing ? word is "they" or "we" or "you" or "i" : sentence.IsPlural,
            IsQuestioned = tagged.Class != WordClass.Verb && (sentence.IsQuestioned || (isHelper && word != "to" && (sentence.IsFirst || sentence.IsAsked))),
            IsAsked = sentence.IsFirst && word is "what" or "where" or "who" or "how" or "why" or "when" or "which",
        };
    }

    private enum Place
    {
        Open,
        Determined,
        Prepositional,
        Named,
        Standing,
        Helped,
    }

    private sealed record Sentence
    {
        public Place Before { get; init; } = Place.Open;

        public bool IsFirst { get; init; } = true;

        public bool HasVerb { get; init; }

        public bool IsPlural { get; init; }

        public bool IsQuestioned { get; init; }

        public bool IsAsked { get; init; }
    }
}
