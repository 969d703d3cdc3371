namespace NSft.Client.Quickstart;

/// <summary>Short names of the compared methods; also the names of their colours in the report.</summary>
internal static class QuickstartMethods
{
    /// <summary>The model as it came.</summary>
    public const string Baseline = "baseline";

    /// <summary>Continual supervised fine-tuning on the chosen answers.</summary>
    public const string Sft = "sft";

    /// <summary>Negative supervision: chosen answers and corrective conversations.</summary>
    public const string Nsft = "nsft";

    /// <summary>Direct preference optimisation.</summary>
    public const string Dpo = "dpo";
}
