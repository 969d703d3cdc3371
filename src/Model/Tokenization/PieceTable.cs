using System.Globalization;
using NSft.Collectives;

namespace NSft.Model.Tokenization;

/// <summary>The vocabulary with its look-ups.</summary>
internal sealed class PieceTable
{
    private const int ByteCount = 256;

    private readonly Dictionary<string, int> _mergeable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _reserved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _mergeableBySpan;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _reservedBySpan;
    private readonly Dictionary<char, string[]> _userDefined;
    private readonly int[] _byteOfId;

    public PieceTable(SentencePieceModel model, string path)
    {
        Pieces = model.Pieces;
        _byteOfId = new int[Pieces.Count];
        for (int id = 0; id < Pieces.Count; id++)
        {
            Piece piece = Pieces[id];
            bool canMerge = piece.Kind is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused;
            if (!(canMerge ? _mergeable : _reserved).TryAdd(piece.Text, id))
            {
                throw new UserInputException($"{path}: piece {id} '{piece.Text}' occurs twice.");
            }

            UnknownId = piece.Kind == PieceKind.Unknown ? id : UnknownId;
            _byteOfId[id] = piece.Kind == PieceKind.Byte ? ByteOf(piece.Text, id, path) : -1;
        }

        IdOfByte = model.ByteFallback ? IdsOfBytes(path) : [];
        _mergeableBySpan = _mergeable.GetAlternateLookup<ReadOnlySpan<char>>();
        _reservedBySpan = _reserved.GetAlternateLookup<ReadOnlySpan<char>>();
        _userDefined = Pieces.Where(piece => piece.Kind == PieceKind.UserDefined)
            .GroupBy(piece => piece.Text[0], piece => piece.Text)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(text => text.Length).ToArray());
    }

    public IReadOnlyList<Piece> Pieces { get; }

    public int UnknownId { get; }

    /// <summary>Ids of the 256 byte pieces; empty when the model has no byte fallback.</summary>
    public int[] IdOfByte { get; }

    /// <summary>The byte that a piece stands for, or -1.</summary>
    public int ByteOf(int id) => _byteOfId[id];

    /// <summary>Id of a piece that merging may produce.</summary>
    public bool TryFindMergeable(ReadOnlySpan<char> text, out int id) => _mergeableBySpan.TryGetValue(text, out id);

    /// <summary>Id of any piece, the unknown id when there is none.</summary>
    public int IdOf(ReadOnlySpan<char> text)
        => _reservedBySpan.TryGetValue(text, out int id) || _mergeableBySpan.TryGetValue(text, out id) ? id : UnknownId;

    /// <summary>Id of a special piece that is invisible in text, or null.</summary>
    public int? ControlId(string text)
        => _reserved.TryGetValue(text, out int id) && Pieces[id].Kind == PieceKind.Control ? id : null;

    /// <summary>Length of the longest user-defined piece at the start of a text, or 0.</summary>
    public int UserDefinedLength(ReadOnlySpan<char> text)
    {
        if (_userDefined.Count == 0 || !_userDefined.TryGetValue(text[0], out string[]? candidates))
        {
            return 0;
        }

        foreach (string candidate in candidates)
        {
            if (text.StartsWith(candidate, StringComparison.Ordinal))
            {
                return candidate.Length;
            }
        }

        return 0;
    }

    private static int ByteOf(string text, int id, string path)
    {
        bool isByte = text.Length == 6 && text.StartsWith("<0x", StringComparison.Ordinal) && text[5] == '>';
        return isByte && byte.TryParse(text.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? value
            : throw new UserInputException($"{path}: piece {id} '{text}' is marked as a byte but is not written as one.");
    }

    private int[] IdsOfBytes(string path)
    {
        int[] ids = new int[ByteCount];
        Array.Fill(ids, -1);
        for (int id = 0; id < _byteOfId.Length; id++)
        {
            if (_byteOfId[id] >= 0)
            {
                ids[_byteOfId[id]] = id;
            }
        }

        int missing = Array.IndexOf(ids, -1);
        return missing < 0 ? ids : throw new UserInputException($"{path}: falls back to bytes but lacks the piece of byte 0x{missing:X2}.");
    }
}
