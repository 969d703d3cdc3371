using NSft.Collectives;
using NSft.Data;
using NSft.Model.Configuration;
using NSft.Model.Conversation;
using NSft.Model.Tokenization;

namespace NSft.Training.Samples;

/// <summary>Reads preference rows, joins corrective conversations to them and encodes both.</summary>
internal sealed class TrainingDataReader
{
    private const string LengthHint = "mend the row, or raise --max-length if it is too long";

    private readonly TrainingOptions _options;
    private readonly ConversationEncoder _encoder;
    private readonly List<RowProblem> _problems = [];
    private readonly Func<string, bool>? _hasImage;

    private TrainingDataReader(TrainingOptions options, ConversationEncoder encoder, Func<string, bool>? hasImage)
    {
        _options = options;
        _encoder = encoder;
        _hasImage = hasImage;
    }

    /// <summary>Reads what options name; see <see cref="TrainingData.Load(TrainingOptions, Func{string, bool}?)"/>.</summary>
    internal static TrainingData Read(TrainingOptions options, Func<string, bool>? hasImage)
    {
        LlavaConfig config = LlavaConfig.Load(options.ModelDirectory);
        var encoder = new ConversationEncoder(
            SentencePieceTokenizer.Load(options.TokenizerPath),
            ConversationTemplate.Load(options.Template),
            config,
            options.MaxLength ?? config.Text.MaxPositions);
        return new TrainingDataReader(options, encoder, hasImage).Read();
    }

    private TrainingData Read()
    {
        var reading = new PreferenceReadOptions
        {
            ImageDirectory = _options.ImageDirectory,
            HasImage = _hasImage,
            RequireRejected = _options.Objective == ObjectiveKind.Dpo,
            Strict = _options.Strict,
        };
        ReadOutcome<PreferencePair> pairs = PreferenceReader.Read(_options.DataPath, reading);
        _problems.AddRange(pairs.Problems);
        Dictionary<string, EncodedConversation> corrective = ReadCorrective(pairs.Rows);
        List<TrainingSample> samples = [.. pairs.Rows.Select(pair => Encode(pair, corrective)).OfType<TrainingSample>()];
        if (samples.Count == 0)
        {
            throw new UserInputException($"{_options.DataPath}: no row can be trained on; {_problems[0]}");
        }

        if (_options.Objective == ObjectiveKind.Nsft && _options.NegativeWeight > 0 && samples.TrueForAll(sample => sample.Other is null))
        {
            throw new UserInputException($"{_options.CorrectivePath}: no corrective conversation belongs to a row of {_options.DataPath}; their ids must agree");
        }

        return new TrainingData(samples, _problems);
    }

    private TrainingSample? Encode(PreferencePair pair, Dictionary<string, EncodedConversation> corrective)
    {
        string image = Path.Combine(_options.ImageDirectory, pair.Image);
        EncodedConversation? chosen = Encode(_options.DataPath, pair.Row, pair.Id, [new ConversationTurn(pair.Question, pair.Chosen)]);
        if (chosen is null)
        {
            return null;
        }

        if (_options.Objective == ObjectiveKind.Dpo)
        {
            EncodedConversation? rejected = Encode(_options.DataPath, pair.Row, pair.Id, [new ConversationTurn(pair.Question, pair.Rejected)]);
            return rejected is null ? null : new TrainingSample(pair.Id, image, chosen, rejected);
        }

        return new TrainingSample(pair.Id, image, chosen, corrective.GetValueOrDefault(pair.Id));
    }

    private Dictionary<string, EncodedConversation> ReadCorrective(IReadOnlyList<PreferencePair> pairs)
    {
        var joined = new Dictionary<string, EncodedConversation>(StringComparer.Ordinal);
        if (_options.Objective != ObjectiveKind.Nsft || _options.CorrectivePath is not { } path)
        {
            return joined;
        }

        Dictionary<string, PreferencePair> byId = pairs.ToDictionary(pair => pair.Id, StringComparer.Ordinal);
        ReadOutcome<SupervisedRow> rows = LlavaConversationReader.Read(path, new ConversationReadOptions { Strict = _options.Strict });
        _problems.AddRange(rows.Problems);
        foreach (SupervisedRow row in rows.Rows)
        {
            Join(row, path, byId, joined);
        }

        return joined;
    }

    private void Join(SupervisedRow row, string path, Dictionary<string, PreferencePair> byId, Dictionary<string, EncodedConversation> joined)
    {
        string pairId = CorrectiveJoin.PairIdOf(row);
        if (!byId.TryGetValue(pairId, out PreferencePair? pair))
        {
            Report(new RowProblem(path, row.Row, row.Id, $"no row of {_options.DataPath} has the id '{pairId}'", "construct it from the same rows"));
        }
        else if (pair.Image != row.Image)
        {
            Report(new RowProblem(path, row.Row, row.Id, $"its image '{row.Image}' is not the row's '{pair.Image}'", "construct it from the same rows"));
        }
        else if (joined.ContainsKey(pairId))
        {
            Report(new RowProblem(path, row.Row, row.Id, $"row '{pairId}' has a corrective conversation already", "join the turns into one conversation"));
        }
        else if (Encode(path, row.Row, row.Id, [.. row.Turns.Select(turn => new ConversationTurn(turn.Question, turn.Answer))]) is { } text)
        {
            joined.Add(pairId, text);
        }
    }

    private EncodedConversation? Encode(string path, int row, string id, ConversationTurn[] turns)
    {
        try
        {
            return _encoder.Encode(turns, hasImage: true);
        }
        catch (UserInputException error)
        {
            Report(new RowProblem(path, row, id, error.Message.TrimEnd('.'), LengthHint));
            return null;
        }
    }

    private void Report(RowProblem problem)
    {
        if (_options.Strict)
        {
            throw new UserInputException(problem.ToString());
        }

        _problems.Add(problem);
    }
}
