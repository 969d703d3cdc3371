using NSft.Collectives;

namespace NSft.Model.Tokenization;

/// <summary>What a SentencePiece model file says: pieces, and how text is normalised.</summary>
/// <remarks>Source: google/sentencepiece, sentencepiece_model.proto. Field numbers below are that file's.</remarks>
internal sealed class SentencePieceModel
{
    private const int UnigramModel = 1;
    private const int BytePairModel = 2;

    private readonly List<Piece> _pieces = [];
    private int _modelType = UnigramModel;
    private bool _whitespaceIsSuffix;
    private string _normalizerName = "";
    private int _charsmapBytes;

    private SentencePieceModel()
    {
    }

    public IReadOnlyList<Piece> Pieces => _pieces;

    public bool ByteFallback { get; private set; }

    public string BosPiece { get; private set; } = "<s>";

    public string EosPiece { get; private set; } = "</s>";

    public string UnknownSurface { get; private set; } = " \u2047 ";

    public bool AddDummyPrefix { get; private set; } = true;

    public bool RemoveExtraWhitespaces { get; private set; } = true;

    public bool EscapeWhitespaces { get; private set; } = true;

    /// <summary>Reads a model file.</summary>
    /// <exception cref="UserInputException">The file cannot be read, is no SentencePiece model, or is of an unsupported kind.</exception>
    public static SentencePieceModel Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{path}: the tokenizer file is missing.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {error.Message}", error);
        }

        var model = new SentencePieceModel();
        try
        {
            model.Parse(bytes);
        }
        catch (InvalidDataException error)
        {
            throw new UserInputException($"{path}: is not a SentencePiece model: {error.Message}.", error);
        }

        string? refusal = model.Refusal();
        return refusal is null ? model : throw new UserInputException($"{path}: {refusal}");
    }

    private void Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        bool hasTrainer = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    _pieces.Add(ParsePiece(reader.Bytes(), _pieces.Count));
                    break;
                case 2:
                    ParseTrainer(reader.Bytes());
                    hasTrainer = true;
                    break;
                case 3:
                    ParseNormalizer(reader.Bytes());
                    break;
                default:
                    break;
            }
        }

        if (_pieces.Count == 0 || !hasTrainer)
        {
            throw new InvalidDataException("it holds no pieces or no trainer settings");
        }
    }

    private static Piece ParsePiece(ReadOnlySpan<byte> bytes, int id)
    {
        string text = "";
        float score = 0;
        int kind = (int)PieceKind.Normal;
        var reader = new ProtobufReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    text = reader.Text();
                    break;
                case 2:
                    score = reader.Single();
                    break;
                case 3:
                    kind = reader.Integer();
                    break;
                default:
                    break;
            }
        }

        if (text.Length == 0 || float.IsNaN(score) || !Enum.IsDefined((PieceKind)kind))
        {
            throw new InvalidDataException($"piece {id} has no text, no proper score or no proper kind");
        }

        return new Piece(text, score, (PieceKind)kind);
    }

    private void ParseTrainer(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 3:
                    _modelType = reader.Integer();
                    break;
                case 24:
                    _whitespaceIsSuffix = reader.Flag();
                    break;
                case 35:
                    ByteFallback = reader.Flag();
                    break;
                case 44:
                    UnknownSurface = reader.Text();
                    break;
                case 46:
                    BosPiece = reader.Text();
                    break;
                case 47:
                    EosPiece = reader.Text();
                    break;
                default:
                    break;
            }
        }
    }

    private void ParseNormalizer(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    _normalizerName = reader.Text();
                    break;
                case 2:
                    _charsmapBytes = reader.Bytes().Length;
                    break;
                case 3:
                    AddDummyPrefix = reader.Flag();
                    break;
                case 4:
                    RemoveExtraWhitespaces = reader.Flag();
                    break;
                case 5:
                    EscapeWhitespaces = reader.Flag();
                    break;
                default:
                    break;
            }
        }
    }

    private string? Refusal()
    {
        if (_modelType != BytePairModel)
        {
            return $"is a SentencePiece model of type {_modelType}; only BPE (type {BytePairModel}) is supported.";
        }

        if (_charsmapBytes > 0)
        {
            return $"normalises text with '{_normalizerName}' ({_charsmapBytes} bytes of rules); only identity is supported, as in Llama's tokenizer.";
        }

        if (_whitespaceIsSuffix)
        {
            return "treats white space as a suffix, which is not supported.";
        }

        return _pieces.Count(piece => piece.Kind == PieceKind.Unknown) == 1 ? null : "must have exactly one piece of the unknown kind.";
    }
}
