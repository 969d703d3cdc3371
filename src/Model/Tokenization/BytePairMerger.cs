namespace NSft.Model.Tokenization;

/// <summary>Splits normalised text into pieces by merging neighbours: the best score first, the leftmost of equals.</summary>
/// <remarks>Source: google/sentencepiece, bpe_model.cc. O(n log n) in the text's length.</remarks>
internal sealed class BytePairMerger
{
    private const int None = -1;

    private readonly PieceTable _table;
    private readonly string _text;
    private readonly List<Symbol> _symbols;
    private readonly PriorityQueue<Pair, Priority> _agenda = new();
    private readonly Dictionary<string, int> _unusedSplits = new(StringComparer.Ordinal);

    private BytePairMerger(PieceTable table, string text)
    {
        _table = table;
        _text = text;
        _symbols = new List<Symbol>(text.Length);
    }

    /// <summary>Cuts a text into (start, length, id); unknown stretches carry the unknown id.</summary>
    public static List<PieceSpan> Split(PieceTable table, string text)
    {
        var merger = new BytePairMerger(table, text);
        merger.CutIntoSymbols();
        for (int i = 1; i < merger._symbols.Count; i++)
        {
            merger.Propose(i - 1, i);
        }

        merger.Merge();
        var output = new List<PieceSpan>();
        for (int i = merger._symbols.Count > 0 ? 0 : None; i != None; i = merger._symbols[i].Next)
        {
            merger.Emit(merger._symbols[i].Start, merger._symbols[i].Length, output);
        }

        return output;
    }

    private void CutIntoSymbols()
    {
        for (int start = 0; start < _text.Length;)
        {
            int length = _table.UserDefinedLength(_text.AsSpan(start));
            bool isFrozen = length > 0;
            if (!isFrozen)
            {
                length = char.IsHighSurrogate(_text[start]) ? 2 : 1;
            }

            int index = _symbols.Count;
            _symbols.Add(new Symbol(start, length, index - 1, start + length < _text.Length ? index + 1 : None, isFrozen));
            start += length;
        }
    }

    private void Merge()
    {
        while (_agenda.TryDequeue(out Pair pair, out _))
        {
            Symbol left = _symbols[pair.Left];
            Symbol right = _symbols[pair.Right];
            if (left.Length == 0 || right.Length == 0 || left.Length + right.Length != pair.Length)
            {
                continue;
            }

            _symbols[pair.Left] = left with { Length = pair.Length, Next = right.Next };
            _symbols[pair.Right] = right with { Length = 0 };
            if (right.Next != None)
            {
                _symbols[right.Next] = _symbols[right.Next] with { Previous = pair.Left };
            }

            Propose(left.Previous, pair.Left);
            Propose(pair.Left, right.Next);
        }
    }

    private void Propose(int left, int right)
    {
        if (left == None || right == None || _symbols[left].IsFrozen || _symbols[right].IsFrozen)
        {
            return;
        }

        int length = _symbols[left].Length + _symbols[right].Length;
        ReadOnlySpan<char> merged = _text.AsSpan(_symbols[left].Start, length);
        if (!_table.TryFindMergeable(merged, out int id))
        {
            return;
        }

        Piece piece = _table.Pieces[id];
        _agenda.Enqueue(new Pair(left, right, length), new Priority(piece.Score, left));
        if (piece.Kind == PieceKind.Unused)
        {
            _unusedSplits[piece.Text] = _symbols[left].Length;
        }
    }

    private void Emit(int start, int length, List<PieceSpan> output)
    {
        ReadOnlySpan<char> text = _text.AsSpan(start, length);
        int id = _table.IdOf(text);
        if (_table.Pieces[id].Kind == PieceKind.Unused && _unusedSplits.TryGetValue(_table.Pieces[id].Text, out int leftLength))
        {
            Emit(start, leftLength, output);
            Emit(start + leftLength, length - leftLength, output);
            return;
        }

        output.Add(new PieceSpan(start, length, id));
    }

    private readonly record struct Symbol(int Start, int Length, int Previous, int Next, bool IsFrozen);

    private readonly record struct Pair(int Left, int Right, int Length);

    private readonly record struct Priority(float Score, int Left) : IComparable<Priority>
    {
        public int CompareTo(Priority other)
        {
            int byScore = other.Score.CompareTo(Score);
            return byScore != 0 ? byScore : Left.CompareTo(other.Left);
        }
    }
}
