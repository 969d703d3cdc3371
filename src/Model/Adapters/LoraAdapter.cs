// r rank.
using NSft.Collectives;
using NSft.Model.Generation;
using NSft.Model.Language;
using static TorchSharp.torch;

namespace NSft.Model.Adapters;

/// <summary>Low-rank adapters attached to decoder layers.</summary>
public sealed class LoraAdapter
{
    private readonly ParameterTable _table;
    private readonly List<(DecoderLinear Linear, LoraLayer Layer)> _layers = [];

    internal LoraAdapter(LoraSettings settings, ParameterTable table, bool usesHubModuleNames)
    {
        Settings = settings;
        _table = table;
        UsesHubModuleNames = usesHubModuleNames;
    }

    /// <summary>Whether the adapter takes part in forward passes.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The adapter's parameters, A before B, in forward order.</summary>
    public IReadOnlyList<ModelParameter> Parameters => [.. _layers.SelectMany(static item => new[] { item.Layer.Down, item.Layer.Up })];

    internal LoraSettings Settings { get; }

    /// <summary>Whether keys of the PEFT file follow <c>language_model.model.*</c> instead of <c>model.language_model.*</c>.</summary>
    internal bool UsesHubModuleNames { get; }

    internal IReadOnlyList<(DecoderLinear Linear, LoraLayer Layer)> Layers => _layers;

    /// <summary>A new adapter: A uniform in +-1/sqrt(in) (Kaiming with a = sqrt(5)) from the seed, B zero; float32.</summary>
    internal static LoraAdapter Create(LoraOptions options, IReadOnlyList<DecoderLinear> linears, ParameterTable table, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rank, 1, nameof(options));
        LoraSettings settings = options.ToSettings();
        RequireKnownTargets(settings, linears);
        var adapter = new LoraAdapter(settings, table, usesHubModuleNames: false);
        using IDisposable noGrad = no_grad();
        ulong stream = 0;
        foreach (DecoderLinear linear in linears.Where(linear => settings.Targets(LoraNames.ModuleNames(linear.Name))))
        {
            long[] shape = linear.Weight.Shape;
            float[] initial = Uniform(options.Rank * (int)shape[1], 1.0 / Math.Sqrt(shape[1]), new SplitMix64(options.Seed, stream++));
            adapter.Attach(
                linear,
                tensor(initial, [options.Rank, shape[1]], device: device),
                zeros([shape[0], options.Rank], ScalarType.Float32, device));
        }

        return adapter;
    }

    /// <summary>Hangs A and B on a layer.</summary>
    internal void Attach(DecoderLinear linear, Tensor down, Tensor up)
    {
        var layer = new LoraLayer(
            this,
            _table.Add(linear.Name + LoraNames.DownSuffix, ModelPart.Adapter, down),
            _table.Add(linear.Name + LoraNames.UpSuffix, ModelPart.Adapter, up),
            Settings.ScaleOf(LoraNames.ModuleNames(linear.Name)));
        linear.Adapter = layer;
        _layers.Add((linear, layer));
    }

    /// <summary>Adds scale * B A to every base weight in float32 and removes the adapter.</summary>
    internal void Merge()
    {
        using IDisposable noGrad = no_grad();
        foreach ((DecoderLinear linear, LoraLayer layer) in _layers)
        {
            using (NewDisposeScope())
            {
                Tensor weight = linear.Weight.Tensor;
                Tensor change = layer.Up.Tensor.to(ScalarType.Float32).matmul(layer.Down.Tensor.to(ScalarType.Float32));
                Tensor merged = weight.to(ScalarType.Float32).add(change, layer.Scale).to(weight.dtype);
                linear.Weight.Replace(merged);
            }

            linear.Adapter = null;
            _table.Remove(layer.Down);
            _table.Remove(layer.Up);
        }

        _layers.Clear();
    }

    private static void RequireKnownTargets(LoraSettings settings, IReadOnlyList<DecoderLinear> linears)
    {
        foreach (string target in settings.TargetModules)
        {
            if (!linears.Any(linear => linear.Name == target || linear.Name.EndsWith("." + target, StringComparison.Ordinal)))
            {
                throw new UserInputException(
                    $"LoRA target '{target}' is not a linear layer of the decoder (known: {string.Join(", ", LoraOptions.AllTargets)}).");
            }
        }
    }

    private static float[] Uniform(int count, double bound, SplitMix64 random)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(((2 * random.NextUnit()) - 1) * bound);
        }

        return values;
    }
}
