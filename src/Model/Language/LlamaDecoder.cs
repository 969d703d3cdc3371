// B rows, T tokens, N chosen positions, D width.
using System.Globalization;
using NSft.Model.Configuration;
using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>LLaMA's decoder: token embedding, blocks, final norm.</summary>
/// <remarks>Follows Hugging Face's LlamaModel. Rows are right padded: real tokens never see the padding behind them.</remarks>
internal sealed class LlamaDecoder : IDisposable
{
    internal const string Prefix = "language_model.model.";

    private const string BlockMark = ".layers.";

    private readonly ModelParameter _embedding;
    private readonly LlamaLayer[] _layers;
    private readonly RmsNorm _norm;
    private readonly RotaryTable _rotary;
    private readonly List<DecoderLinear> _linears = [];

    internal LlamaDecoder(LlamaConfig config, ParameterTable table, Device device)
    {
        _embedding = table[Prefix + "embed_tokens.weight"];
        _layers = [.. Enumerable.Range(0, config.LayerCount).Select(i => new LlamaLayer(config, i, table, Create))];
        _norm = new RmsNorm(table[Prefix + "norm.weight"], config.RmsNormEpsilon);
        _rotary = new RotaryTable(config.HeadSize, config.RopeTheta, device);

        DecoderLinear Create(string name)
        {
            var linear = new DecoderLinear(name, table[name + ".weight"]);
            _linears.Add(linear);
            return linear;
        }
    }

    /// <summary>All linear layers that can carry an adapter, in forward order.</summary>
    internal IReadOnlyList<DecoderLinear> Linears => _linears;

    /// <summary>Token ids (B, T) to embeddings (B, T, D).</summary>
    /// <remarks>Indexing, not index_select: its gradient on CUDA adds in a fixed order.</remarks>
    internal Tensor Embed(Tensor ids) => _embedding.Value.index(TensorIndex.Tensor(ids));

    /// <summary>Hidden states after the final norm.</summary>
    /// <param name="embeddings">(B, T, D).</param>
    /// <param name="counts">Real tokens of each row, or null when no row is padded.</param>
    /// <param name="cache">Earlier keys and values, extended by this pass; or null.</param>
    /// <param name="positions">Flat positions (N) whose output is wanted, or null for all.</param>
    /// <param name="pieces">Cuts the graph in front of each block and of the final norm; or null.</param>
    /// <returns>(B, T, D), or (N, D).</returns>
    internal Tensor Forward(Tensor embeddings, int[]? counts, KeyValueCache? cache, Tensor? positions, BackwardPieces? pieces = null)
    {
        using var scope = NewDisposeScope();
        DecoderPass pass = Prepare(embeddings, cache);
        Tensor x = pieces?.Cut(0, embeddings) ?? embeddings;
        bool isOurs = false;
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor next = _layers[i].Forward(x, pass, i == _layers.Length - 1 ? positions : null);
            if (isOurs)
            {
                x.Dispose();
            }

            x = pieces?.Cut(i + 1, next) ?? next;
            isOurs = ReferenceEquals(x, next);
        }

        cache?.Advance((int)embeddings.shape[1], counts);
        return _norm.Forward(x).MoveToOuterDisposeScope();
    }

    /// <summary>The block that a parameter, or its adapter, belongs to; null for one outside of all blocks.</summary>
    internal static int? BlockOf(string name)
    {
        int mark = name.IndexOf(BlockMark, StringComparison.Ordinal);
        if (mark < 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = name.AsSpan(mark + BlockMark.Length);
        int end = rest.IndexOf('.');
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _rotary.Dispose();

    private DecoderPass Prepare(Tensor embeddings, KeyValueCache? cache)
    {
        int tokens = (int)embeddings.shape[1];
        if (cache is null || cache.UsedSlots == 0)
        {
            (Tensor cosine, Tensor sine) = _rotary.Leading(tokens, embeddings.dtype);
            return new DecoderPass(cosine, sine, null, tokens > 1, cache);
        }
        else
        {
            int rows = (int)embeddings.shape[0];
            (Tensor cosine, Tensor sine) = _rotary.At(cache.NextPositions(tokens), rows, embeddings.dtype);
            return new DecoderPass(cosine, sine, cache.Bias(tokens, embeddings.dtype), false, cache);
        }
    }
}
