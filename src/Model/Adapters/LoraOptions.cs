namespace NSft.Model.Adapters;

/// <summary>A fresh low-rank adapter.</summary>
/// <param name="Rank">Inner width r; at least 1.</param>
/// <param name="Alpha">Scale is Alpha / r (Alpha / sqrt(r) with <paramref name="UsesRankStabilizedScale"/>).</param>
/// <param name="Seed">Seed of A's initial values.</param>
/// <param name="TargetModules">Last parts of the names of the decoder's linear layers to adapt; null means all seven of a block.</param>
/// <param name="UsesRankStabilizedScale">rsLoRA's scale.</param>
public sealed record LoraOptions(
    int Rank,
    double Alpha,
    ulong Seed = 0,
    IReadOnlyList<string>? TargetModules = null,
    bool UsesRankStabilizedScale = false)
{
    /// <summary>All linear layers of a decoder block.</summary>
    public static IReadOnlyList<string> AllTargets { get; } =
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>The same as PEFT settings, which adapter_config.json keeps.</summary>
    internal LoraSettings ToSettings() => new()
    {
        Rank = Rank,
        Alpha = Alpha,
        UsesRankStabilizedScale = UsesRankStabilizedScale,
        TargetModules = TargetModules ?? AllTargets,
        ExcludeExpression = LoraSettings.ExcludesVisionTower,
    };
}
