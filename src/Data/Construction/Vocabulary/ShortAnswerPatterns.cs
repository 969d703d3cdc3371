using System.Text.RegularExpressions;

namespace NSft.Data.Construction.Vocabulary;

/// <summary>The doubling patterns for short answers: an editable JSON file that the codebook names. Any thread may use it.</summary>
internal sealed class ShortAnswerPatterns
{
    /// <summary>Characters of a question that patterns are tried on, at most.</summary>
    public const int LongestQuestion = 300;

    // Far above what any sensible pattern takes on so short a text, so that the result never depends on the load of the machine.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(5);

    /// <summary>No pattern: short answers are not doubled.</summary>
    public static ShortAnswerPatterns None { get; } = new();

    /// <summary>The patterns; the first that fits counts.</summary>
    public IReadOnlyList<ShortAnswerPattern> Patterns { get; private init; } = [];

    /// <summary>Which codebook entry a yes-or-no question belongs to; the first that fits counts.</summary>
    public IReadOnlyList<(Regex Question, string Code)> Flips { get; private init; } = [];

    /// <summary>How captions are asked about that differ in read text, or null for not at all.</summary>
    public ShortAnswerPattern? ReadText { get; private init; }

    /// <summary>Openings of answers that only repeat the question.</summary>
    public IReadOnlyList<Regex> Leads { get; private init; } = [];

    /// <summary>Answers that say nothing.</summary>
    public IReadOnlySet<string> NoAnswers { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Nouns that take no article.</summary>
    public IReadOnlySet<string> WithoutArticle { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="path">Its path.</param>
    /// <param name="codes">The codebook's entries.</param>
    /// <exception cref="Collectives.UserInputException">An entry is wrong; the message names file and entry.</exception>
    public static ShortAnswerPatterns Read(byte[] content, string path, IReadOnlyList<string> codes)
    {
        DataNode root = DataNode.Parse(content, path);
        root.Allow("name", "longestAnswer", "noAnswers", "leads", "withoutArticle", "readText", "flips", "patterns");
        int longest = root.Field("longestAnswer").Number();
        return new ShortAnswerPatterns
        {
            NoAnswers = new HashSet<string>(root.Texts("noAnswers"), StringComparer.OrdinalIgnoreCase),
            WithoutArticle = new HashSet<string>(root.Texts("withoutArticle"), StringComparer.OrdinalIgnoreCase),
            Leads = root.Has("leads") ? [.. root.Field("leads").Items().Select(node => Expression(node, "^(?:{0})"))] : [],
            Flips = root.Has("flips") ? [.. root.Field("flips").Items().SelectMany(node => ReadFlip(node, codes))] : [],
            ReadText = root.Has("readText") ? ReadPattern(root.Field("readText"), [], longest, codes) : null,
            Patterns = [.. root.Field("patterns").Items().Select(node => ReadPattern(node, Questions(node), longest, codes))],
        };
    }

    private static IEnumerable<(Regex, string)> ReadFlip(DataNode node, IReadOnlyList<string> codes)
    {
        node.Allow("name", "code", "question");
        string code = Code(node, codes);
        return node.Field("question").Items().Select(question => (Expression(question, "^(?:{0})$"), code));
    }

    private static Regex[] Questions(DataNode node)
    {
        Regex[] questions = [.. node.Field("question").Items().Select(question => Expression(question, "^(?:{0})$"))];
        return questions.Length > 0 ? questions : throw node.Field("question").Error("is empty");
    }

    private static ShortAnswerPattern ReadPattern(DataNode node, Regex[] questions, int longest, IReadOnlyList<string> codes)
    {
        node.Allow("name", "code", "exact", "lower", "longest", "strip", "question", "answers", "ask", "yes", "no");
        bool takesNumbers = node.Has("answers") && node.Field("answers").Text() == "number";
        ShortAnswerPattern pattern = new(node.Field("name").Text(), Code(node, codes), questions)
        {
            Answers = node.Has("answers") && !takesNumbers ? Expression(node.Field("answers"), "^(?:{0})$") : null,
            TakesNumbers = takesNumbers,
            LongestAnswer = node.Has("longest") ? node.Field("longest").Number() : longest,
            IsExact = node.Has("exact") && node.Field("exact").Flag(),
            IsLower = node.Has("lower") && node.Field("lower").Flag(),
            Strip = node.Has("strip") ? Expression(node.Field("strip"), "(?:{0})$") : null,
            Ask = Text(node, "ask", questions, takesNumbers),
            Yes = Text(node, "yes", questions, takesNumbers),
            No = Text(node, "no", questions, takesNumbers),
        };
        return !pattern.Ask.EndsWith('?')
            ? throw node.Field("ask").Error("does not end with a question mark")
            : !pattern.Yes.StartsWith("Yes", StringComparison.Ordinal)
                ? throw node.Field("yes").Error("does not start with 'Yes'")
                : !pattern.No.StartsWith("No", StringComparison.Ordinal) ? throw node.Field("no").Error("does not start with 'No'") : pattern;
    }

    private static string Text(DataNode node, string field, Regex[] questions, bool takesNumbers)
    {
        string text = node.Field(field).Text();
        foreach (string slot in PatternText.Slots(text))
        {
            bool isKnown = PatternText.IsBuiltIn(slot, takesNumbers) || PatternText.Groups(slot).All(group => PatternText.IsAnswer(group) || questions.Any(question => question.GetGroupNames().Contains(group)));
            if (!isKnown)
            {
                throw node.Field(field).Error($"has an unknown slot {{{slot}}}: no question has a group of that name");
            }
        }

        return text;
    }

    private static string Code(DataNode node, IReadOnlyList<string> codes)
    {
        string code = node.Field("code").Text();
        return codes.Contains(code) ? code : throw node.Field("code").Error($"is '{code}', which is not a code of the codebook ({string.Join(", ", codes)})");
    }

    private static Regex Expression(DataNode node, string frame)
    {
        try
        {
            return new Regex(frame.Replace("{0}", node.Text(), StringComparison.Ordinal), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException)
        {
            throw node.Error("is not a regular expression");
        }
    }
}
