using NSft.Data.Construction.Comparison;

namespace NSft.Data.Construction.Writing;

/// <summary>The turns of a conversation while it is put together: no question twice, so many yes and so many no.</summary>
internal sealed class TurnSheet
{
    private readonly QuestionWriter _writer;
    private readonly HashSet<string> _questions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<CorrectiveTurn> _turns = [];
    private readonly int[] _limits;
    private readonly int[] _counts = new int[2];

    /// <summary>An empty sheet.</summary>
    /// <param name="writer">Puts claims into words.</param>
    /// <param name="turnCount">Turns at most.</param>
    /// <param name="favoured">Which answer gets the odd turn.</param>
    public TurnSheet(QuestionWriter writer, int turnCount, TurnPolarity favoured)
    {
        _writer = writer;
        _limits = [turnCount / 2, turnCount / 2];
        _limits[(int)favoured] += turnCount % 2;
    }

    /// <summary>The turns so far.</summary>
    public IReadOnlyList<CorrectiveTurn> Turns => _turns;

    /// <summary>How many turns of an answer there are.</summary>
    public int Count(TurnPolarity polarity) => _counts[(int)polarity];

    /// <summary>How many turns of an answer there may be.</summary>
    public int Limit(TurnPolarity polarity) => _limits[(int)polarity];

    /// <summary>Whether another turn of an answer has room.</summary>
    public bool HasRoom(TurnPolarity polarity) => Count(polarity) < Limit(polarity);

    /// <summary>Writes a claim down, if there is room and it was not asked before.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Add(Claim claim, TurnPolarity polarity, Claim? truth, Func<CorrectiveTurn, CorrectiveTurn> complete)
    {
        if (!HasRoom(polarity) || _writer.Write(claim, polarity, truth) is not CorrectiveTurn turn || !_questions.Add(turn.Question))
        {
            return false;
        }

        _turns.Add(complete(turn));
        _counts[(int)polarity]++;
        return true;
    }

    /// <summary>Writes a turn down, if there is room and it was not asked before.</summary>
    public void Add(CorrectiveTurn turn)
    {
        if (HasRoom(turn.Polarity) && _questions.Add(turn.Question))
        {
            _turns.Add(turn);
            _counts[(int)turn.Polarity]++;
        }
    }

    /// <summary>Whether a question about a claim has been asked.</summary>
    public bool HasAsked(Claim claim) => _writer.Write(claim, TurnPolarity.Yes, claim) is CorrectiveTurn turn && _questions.Contains(turn.Question);
}
