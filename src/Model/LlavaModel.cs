// B rows, T tokens, N chosen positions, D decoder width, V vocabulary, P features of an image, Dv tower width, S image side.
using NSft.Model.Adapters;
using NSft.Model.Configuration;
using NSft.Model.Language;
using NSft.Model.Projection;
using NSft.Model.Vision;
using NSft.Model.Weights;
using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>LLaVA as Hugging Face computes it: CLIP tower, projector and LLaMA decoder over one set of named parameters.</summary>
/// <remarks>Not thread-safe: one thread at a time uses a model. Results belong to the caller (or the caller's dispose scope).</remarks>
public sealed class LlavaModel : IDisposable
{
    private readonly ParameterTable _table;
    private readonly ClipVisionTower _tower;
    private readonly MultiModalProjector _projector;
    private readonly LlamaDecoder _decoder;
    private readonly ModelParameter _head;
    private readonly CheckpointNaming _naming;
    private readonly string _sourceDirectory;
    private LoraAdapter? _adapter;

    private LlavaModel(
        LlavaConfig config, ParameterTable table, ModelLoadOptions options, CheckpointNaming naming, string sourceDirectory)
    {
        Config = config;
        ComputeDtype = options.Dtype;
        Device = options.Device;
        _table = table;
        _naming = naming;
        _sourceDirectory = sourceDirectory;
        _tower = new ClipVisionTower(config, table);
        _projector = new MultiModalProjector(config, table);
        _decoder = new LlamaDecoder(config.Text, table, options.Device);
        _head = config.Text.TieWordEmbeddings
            ? table[LlamaDecoder.Prefix + "embed_tokens.weight"]
            : table[LlavaParameterLayout.HeadName];
    }

    /// <summary>The model's config.json.</summary>
    public LlavaConfig Config { get; }

    /// <summary>Dtype of activations.</summary>
    public ScalarType ComputeDtype { get; }

    /// <summary>Where weights and activations are.</summary>
    public Device Device { get; }

    /// <summary>All parameters in forward order; those of an attached adapter last.</summary>
    public IReadOnlyList<ModelParameter> Parameters => _table.Ordered;

    /// <summary>The attached adapter, or null.</summary>
    public LoraAdapter? Adapter => _adapter;

    /// <summary>Whether the attached adapter takes part; off is the base model. False when none is attached.</summary>
    public bool AdapterEnabled
    {
        get => _adapter is { IsEnabled: true };
        set => RequireAdapter().IsEnabled = value;
    }

    /// <summary>Reads a model directory, and an adapter when the options name one.</summary>
    /// <param name="modelDirectory">Hugging Face LLaVA model directory (safetensors).</param>
    /// <param name="options">Dtypes, device, adapter.</param>
    /// <exception cref="NSft.Collectives.UserInputException">Config or weights are missing, damaged or do not fit each other; all names are listed.</exception>
    public static LlavaModel Load(string modelDirectory, ModelLoadOptions options)
    {
        LlavaConfig config = LlavaConfig.Load(modelDirectory);
        var table = new ParameterTable();
        LlavaModel? model = null;
        try
        {
            CheckpointNaming naming = LlavaWeightLoader.Load(
                modelDirectory, config, options.StorageDtype ?? options.Dtype, options.Device, table);
            model = new LlavaModel(config, table, options, naming, modelDirectory);
            if (options.AdapterDirectory is not null)
            {
                model._adapter = PeftReader.Read(options.AdapterDirectory, model._decoder.Linears, table);
            }

            return model;
        }
        catch
        {
            (model as IDisposable ?? table).Dispose();
            throw;
        }
    }

    /// <summary>Vision features of images; never carries gradient.</summary>
    /// <param name="pixels">(B, 3, S, S), normalised, float32.</param>
    /// <returns>(B, P, Dv), compute dtype.</returns>
    public Tensor EncodeImages(Tensor pixels)
    {
        using IDisposable noGrad = no_grad();
        return EncodeImagesWithGradient(pixels);
    }

    /// <summary>Hidden states of all positions after the final norm.</summary>
    /// <param name="ids">Token ids (B, T), int64, right padded; image tokens repeated, one for each feature.</param>
    /// <param name="attentionMask">(B, T), int64, 1 for real tokens, 0 for the padding on the right; null when nothing is padded or a
    /// cache is not used (padding on the right never changes real positions).</param>
    /// <param name="visionFeatures">(images, P, Dv) in the order of rows; null when no row has an image.</param>
    /// <param name="cache">Earlier keys and values, extended by this pass; or null. With a cache the pass carries no gradient.</param>
    /// <returns>(B, T, D), compute dtype.</returns>
    /// <exception cref="NSft.Collectives.UserInputException">A row's image tokens do not fit the features: row, expected, found.</exception>
    public Tensor ForwardHidden(Tensor ids, Tensor? attentionMask, Tensor? visionFeatures, KeyValueCache? cache = null) =>
        Forward(ids, Counts(ids, attentionMask), visionFeatures, cache, null);

    /// <summary>Hidden states of chosen positions only: the last block skips the rest.</summary>
    /// <param name="ids">As in <see cref="ForwardHidden"/>.</param>
    /// <param name="visionFeatures">As in <see cref="ForwardHidden"/>.</param>
    /// <param name="positions">Flat positions row * T + column (N), int64.</param>
    /// <param name="pieces">Cuts the graph for a backward pass in pieces; or null.</param>
    /// <returns>(N, D), compute dtype.</returns>
    public Tensor ForwardHiddenAt(Tensor ids, Tensor? visionFeatures, Tensor positions, BackwardPieces? pieces = null) =>
        Forward(ids, null, visionFeatures, null, positions, pieces);

    /// <summary>When a parameter's gradient is final in a backward pass in pieces: with its block.</summary>
    /// <param name="parameter">A parameter of the model.</param>
    /// <returns>Its block; a number above all blocks for final norm and head; -1 for what comes last.</returns>
    public int BackwardBlock(ModelParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Part == ModelPart.Head || parameter.Name == LlamaDecoder.Prefix + "norm.weight")
        {
            return Config.Text.LayerCount;
        }

        return parameter.Part is ModelPart.Decoder or ModelPart.Adapter ? LlamaDecoder.BlockOf(parameter.Name) ?? -1 : -1;
    }

    /// <summary>Language-model head.</summary>
    /// <param name="hidden">(..., D).</param>
    /// <returns>(..., V), compute dtype.</returns>
    public Tensor Logits(Tensor hidden) => nn.functional.linear(hidden, _head.Value);

    /// <summary>Puts another tensor in a parameter's place, for example a view of a trainer's flat buffer.</summary>
    /// <param name="name">Hub name.</param>
    /// <param name="leaf">Same shape; the model owns this handle from now on. The old storage is freed.</param>
    public void ReplaceParameter(string name, Tensor leaf) => _table[name].Replace(leaf);

    /// <summary>Opens a pass that computes in a dtype: parameters stored in another one take part as casts, with gradient to leaves.</summary>
    /// <param name="dtype">float32 or bfloat16; a no-op for parameters that are stored so.</param>
    /// <returns>Ends the pass and frees the casts. Backward may run after it.</returns>
    public IDisposable CastForPass(ScalarType dtype) => new ParameterCast(_table.Ordered, dtype);

    /// <summary>Computes with other values in place of some parameters, for example a frozen copy as reference.</summary>
    /// <param name="values">Values by hub name, same shapes, compute dtype; they stay the caller's.</param>
    /// <returns>Ends it.</returns>
    public IDisposable SubstituteValues(IReadOnlyDictionary<string, Tensor> values) => new ParameterSubstitution(_table, values);

    /// <summary>Stores every parameter that asks for no gradient in the compute dtype (bfloat16 training: halves the frozen part).</summary>
    public void StoreFrozenInComputeDtype()
    {
        foreach (ModelParameter parameter in _table.Ordered.Where(static parameter => !parameter.Tensor.requires_grad))
        {
            parameter.ConvertStorage(ComputeDtype);
        }
    }

    /// <summary>Attaches a fresh adapter (B = 0: the model computes what it did before).</summary>
    /// <param name="options">Rank, scale, targets, seed.</param>
    public void AttachLora(LoraOptions options)
    {
        RequireNoAdapter();
        _adapter = LoraAdapter.Create(options, _decoder.Linears, _table, Device);
    }

    /// <summary>Writes the adapter as a PEFT folder.</summary>
    /// <param name="directory">Made when absent.</param>
    public void SaveAdapter(string directory) => PeftWriter.Write(directory, RequireAdapter(), _sourceDirectory);

    /// <summary>Adds the adapter to the base weights (in float32, then cast) and detaches it.</summary>
    public void MergeAdapter()
    {
        RequireAdapter().Merge();
        _adapter = null;
    }

    /// <summary>Writes the model in Hugging Face form. An attached adapter must be merged first.</summary>
    /// <param name="directory">Made when absent; other files there stay.</param>
    /// <param name="options">Dtype, shards, names; null for the source's dtype and names.</param>
    public void Save(string directory, SaveOptions? options = null)
    {
        RequireNoAdapter();
        LlavaModelSaver.Save(directory, Parameters, _sourceDirectory, _naming, options ?? new SaveOptions());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoder.Dispose();
        _table.Dispose();
    }

    internal Tensor EncodeImagesWithGradient(Tensor pixels)
    {
        using Tensor here = pixels.to(Device);
        return _tower.Forward(here);
    }

    internal Tensor Forward(
        Tensor ids, int[]? counts, Tensor? visionFeatures, KeyValueCache? cache, Tensor? positions, BackwardPieces? pieces = null)
    {
        using var scope = NewDisposeScope();
        using IDisposable gradMode = set_grad_enabled(is_grad_enabled() && cache is null);
        Tensor embeddings = _decoder.Embed(ids.to(Device));
        if (visionFeatures is not null)
        {
            embeddings = Splice(embeddings, ids, visionFeatures);
        }

        return _decoder.Forward(embeddings, counts, cache, positions, pieces).MoveToOuterDisposeScope();
    }

    private Tensor Splice(Tensor embeddings, Tensor ids, Tensor visionFeatures)
    {
        long[] places = ImageTokenPlan.Locate(
            ids.cpu().data<long>().ToArray(), (int)ids.shape[1], Config.ImageTokenId, (int)visionFeatures.shape[1], visionFeatures.shape[0]);
        Tensor projected = _projector.Forward(visionFeatures.to(ComputeDtype, Device));
        Tensor index = tensor(places, device: Device);
        return embeddings.flatten(0, 1).index_copy(0, index, projected.flatten(0, 1)).view(embeddings.shape);
    }

    private static int[]? Counts(Tensor ids, Tensor? attentionMask)
    {
        if (attentionMask is null)
        {
            return null;
        }

        using Tensor host = attentionMask.cpu();
        return RightPadding.Counts(host.data<long>().ToArray(), (int)ids.shape[0]);
    }

    private LoraAdapter RequireAdapter() =>
        _adapter ?? throw new InvalidOperationException("No adapter is attached to the model.");

    private void RequireNoAdapter()
    {
        if (_adapter is not null)
        {
            throw new InvalidOperationException("An adapter is attached to the model; merge or save it first.");
        }
    }
}
