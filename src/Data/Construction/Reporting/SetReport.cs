namespace NSft.Data.Construction.Reporting;

/// <summary>A corrective set in numbers and words.</summary>
public sealed record SetReport
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Conversations.</summary>
    public required int RowCount { get; init; }

    /// <summary>Turns of all conversations.</summary>
    public required int TurnCount { get; init; }

    /// <summary>Errors found, by kind.</summary>
    public required IReadOnlyDictionary<string, int> ErrorsByKind { get; init; }

    /// <summary>Turns by codebook entry.</summary>
    public required IReadOnlyDictionary<string, int> TurnsByCode { get; init; }

    /// <summary>Turns by answer.</summary>
    public required IReadOnlyDictionary<string, int> TurnsByPolarity { get; init; }

    /// <summary>Turns by reason.</summary>
    public required IReadOnlyDictionary<string, int> TurnsByKind { get; init; }

    /// <summary>Conversations by who made them.</summary>
    public required IReadOnlyDictionary<string, int> RowsByConstructor { get; init; }

    /// <summary>Hashes of the codebooks that the rows name, as they stand; none for a set made without.</summary>
    public required IReadOnlyList<string> Codebooks { get; init; }

    /// <summary>Nouns of questions and answers, the most frequent first, then by name.</summary>
    public required IReadOnlyList<WordCount> Nouns { get; init; }

    /// <summary>Verbs of questions and answers, the most frequent first, then by name.</summary>
    public required IReadOnlyList<WordCount> Verbs { get; init; }

    /// <summary>Share of yes among the turns that are answered yes or no, 0 to 1.</summary>
    public double YesShare
    {
        get
        {
            int yes = TurnsByPolarity.GetValueOrDefault("yes");
            int no = TurnsByPolarity.GetValueOrDefault("no");
            return yes + no == 0 ? 0 : (double)yes / (yes + no);
        }
    }

    /// <summary>Reads a corrective file row by row.</summary>
    /// <param name="path">LLaVA conversation JSON; rows without <c>meta</c> count by their words and answers alone.</param>
    /// <exception cref="Collectives.UserInputException">The file cannot be read, or a row is no conversation; the message names file and row.</exception>
    public static SetReport Read(string path) => new SetReportReader(path).Read();
}
