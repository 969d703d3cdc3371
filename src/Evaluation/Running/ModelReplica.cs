using NSft.Collectives;
using NSft.Model;
using NSft.Model.Conversation;
using NSft.Model.Images;
using NSft.Model.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace NSft.Evaluation.Running;

/// <summary>A model with its tokenizer, template and image processor, for the one thread that uses it.</summary>
internal sealed class ModelReplica : IDisposable
{
    private readonly DiffusionNoise? _noise;

    private ModelReplica(LlavaModel model, SentencePieceTokenizer tokenizer, ConversationEncoder encoder, ImageProcessor images, DiffusionNoise? noise)
    {
        Model = model;
        Tokenizer = tokenizer;
        Encoder = encoder;
        Images = images;
        _noise = noise;
    }

    /// <summary>The weights.</summary>
    public LlavaModel Model { get; }

    /// <summary>The tokenizer.</summary>
    public SentencePieceTokenizer Tokenizer { get; }

    /// <summary>Lays out conversations.</summary>
    public ConversationEncoder Encoder { get; }

    /// <summary>Reads images.</summary>
    public ImageProcessor Images { get; }

    /// <summary>Loads everything that <paramref name="options"/> name.</summary>
    /// <exception cref="UserInputException">Something is missing, damaged or does not fit the rest.</exception>
    public static ModelReplica Load(AnswerOptions options)
    {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Load(options.TokenizerPath);
        ConversationTemplate template = ConversationTemplate.Load(options.Template);
        ScalarType dtype = options.Dtype == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32;
        LlavaModel model = LlavaModel.Load(options.ModelDirectory, new ModelLoadOptions(dtype, new Device(options.Device), options.AdapterDirectory));
        try
        {
            DiffusionNoise? noise = options.NoiseStep is int step ? new DiffusionNoise(step, options.NoiseSeed) : null;
            int positions = model.Config.Text.MaxPositions;
            ConversationEncoder encoder = new(tokenizer, template, model.Config, positions);
            ImageMode mode = Enum.Parse<ImageMode>(options.ImageMode, ignoreCase: true);
            return new ModelReplica(model, tokenizer, encoder, ImageProcessor.ForModel(options.ModelDirectory, model.Config, mode), noise);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The text of generated ids: control ids and rows beyond the tokenizer's pieces have none.</summary>
    public string Decode(IEnumerable<int> ids) =>
        Tokenizer.Decode(ids.Where(id => id != Tokenizer.EosId && id != Tokenizer.BosId && id >= 0 && id < Tokenizer.PieceCount)).Trim();

    /// <summary>Frozen features of one image, encoded alone, so that their bits do not depend on other images.</summary>
    /// <returns>(1, P, Dv), in no dispose scope: the caller owns it.</returns>
    public Tensor EncodeImage(string path)
    {
        using DisposeScope scope = NewDisposeScope();
        int side = Model.Config.Vision.ImageSize;
        float[] values = Images.Process(path);
        _noise?.Apply(values, path);
        Tensor pixels = tensor(values, [1, 3, side, side]);
        return Model.EncodeImages(pixels).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
