using System.Text;
using NSft.Collectives;

namespace NSft.Model.Tokenization;

/// <summary>A SentencePiece BPE tokenizer (Llama's kind): the same ids and texts as SentencePiece itself.</summary>
/// <remarks>Source: google/sentencepiece, normalizer.cc, bpe_model.cc, sentencepiece_processor.cc.</remarks>
public sealed class SentencePieceTokenizer : ITokenizer
{
    /// <summary>The file's name in a model directory.</summary>
    public const string FileName = "tokenizer.model";

    private const char SpaceMark = '\u2581';

    private readonly SentencePieceModel _model;
    private readonly PieceTable _table;

    private SentencePieceTokenizer(SentencePieceModel model, PieceTable table, string path)
    {
        _model = model;
        _table = table;
        BosId = table.ControlId(model.BosPiece) ?? throw new UserInputException($"{path}: has no piece '{model.BosPiece}' that opens a sequence.");
        EosId = table.ControlId(model.EosPiece) ?? throw new UserInputException($"{path}: has no piece '{model.EosPiece}' that ends a sequence.");
    }

    /// <inheritdoc/>
    public int BosId { get; }

    /// <inheritdoc/>
    public int EosId { get; }

    /// <inheritdoc/>
    public int UnknownId => _table.UnknownId;

    /// <inheritdoc/>
    public int PieceCount => _table.Pieces.Count;

    /// <summary>Loads a model file.</summary>
    /// <param name="path">A SentencePiece model file, or a directory that holds <see cref="FileName"/>.</param>
    /// <exception cref="UserInputException">The file is missing, is no SentencePiece model, or is of an unsupported kind.</exception>
    public static SentencePieceTokenizer Load(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        SentencePieceModel model = SentencePieceModel.Read(file);
        return new SentencePieceTokenizer(model, new PieceTable(model, file), file);
    }

    /// <summary>The text of a piece as the vocabulary writes it.</summary>
    /// <param name="id">0 to <see cref="PieceCount"/>, exclusive.</param>
    public string PieceOf(int id) => _table.Pieces[id].Text;

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text) => Encode(text, _model.AddDummyPrefix);

    /// <inheritdoc/>
    public IReadOnlyList<int> EncodeContinuation(string text) => Encode(text, addPrefix: false);

    /// <inheritdoc/>
    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var text = new StringBuilder();
        var bytes = new List<byte>();
        bool mayDropSpace = true;
        bool droppedSpace = false;
        foreach (int id in ids)
        {
            if (id < 0 || id >= PieceCount)
            {
                continue;
            }

            int value = _table.ByteOf(id);
            if (value >= 0)
            {
                bytes.Add((byte)value);
                continue;
            }

            FlushBytes(bytes, text);
            mayDropSpace &= !droppedSpace && text.Length == 0;
            (string surface, droppedSpace) = SurfaceOf(_table.Pieces[id], mayDropSpace);
            text.Append(surface);
        }

        FlushBytes(bytes, text);
        return text.ToString();
    }

    private List<int> Encode(string text, bool addPrefix)
    {
        ArgumentNullException.ThrowIfNull(text);
        string normalized = Normalize(text, addPrefix);
        var ids = new List<int>(normalized.Length / 2);
        Span<byte> bytes = stackalloc byte[4];
        bool followsUnknown = false;
        foreach (PieceSpan span in BytePairMerger.Split(_table, normalized))
        {
            bool isUnknown = span.Id == UnknownId;
            if (isUnknown && _model.ByteFallback)
            {
                foreach (Rune rune in normalized.AsSpan(span.Start, span.Length).EnumerateRunes())
                {
                    foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
                    {
                        ids.Add(_table.IdOfByte[value]);
                    }
                }
            }
            else if (!(isUnknown && followsUnknown))
            {
                ids.Add(span.Id);
            }

            followsUnknown = isUnknown;
        }

        return ids;
    }

    private string Normalize(string text, bool addPrefix)
    {
        if (text.Length == 0)
        {
            return "";
        }

        bool dropsSpaces = _model.RemoveExtraWhitespaces;
        char space = _model.EscapeWhitespaces ? SpaceMark : ' ';
        ReadOnlySpan<char> rest = dropsSpaces ? text.AsSpan().TrimStart(' ') : text;
        if (rest.IsEmpty)
        {
            return "";
        }

        var normalized = new StringBuilder(rest.Length + 1);
        if (addPrefix)
        {
            normalized.Append(space);
        }

        bool followsSpace = dropsSpaces;
        foreach (Rune rune in rest.EnumerateRunes())
        {
            bool isSpace = rune.Value == ' ';
            if (!(isSpace && followsSpace))
            {
                normalized.Append(isSpace ? space.ToString() : rune.ToString());
            }

            followsSpace = isSpace && dropsSpaces;
        }

        string result = normalized.ToString();
        return dropsSpaces ? result.TrimEnd(space) : result;
    }

    private (string Surface, bool DroppedSpace) SurfaceOf(Piece piece, bool mayDropSpace)
    {
        if (piece.Kind == PieceKind.Control)
        {
            return ("", false);
        }

        if (piece.Kind == PieceKind.Unknown)
        {
            return (_model.UnknownSurface, false);
        }

        string text = piece.Text;
        bool drops = mayDropSpace && (_model.AddDummyPrefix || _model.RemoveExtraWhitespaces) && text[0] == SpaceMark;
        return ((drops ? text[1..] : text).Replace(SpaceMark, ' '), drops && !_model.RemoveExtraWhitespaces);
    }

    /// <summary>Appends bytes as UTF-8; a byte that is no part of a character becomes one U+FFFD.</summary>
    private static void FlushBytes(List<byte> bytes, StringBuilder text)
    {
        ReadOnlySpan<byte> rest = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
        while (!rest.IsEmpty)
        {
            bool isWhole = Rune.DecodeFromUtf8(rest, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done;
            text.Append(isWhole ? rune.ToString() : Rune.ReplacementChar.ToString());
            rest = rest[(isWhole ? consumed : 1)..];
        }

        bytes.Clear();
    }
}
