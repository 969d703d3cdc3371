namespace NSft.Training;

/// <summary>What a run minimises. Values are explicit and append only.</summary>
public enum ObjectiveKind
{
    /// <summary>Supervised fine-tuning on the chosen answers.</summary>
    Sft = 0,

    /// <summary>Supervised fine-tuning on the chosen answers and on the corrective conversations.</summary>
    Nsft = 1,

    /// <summary>Direct preference optimisation of chosen against rejected answers.</summary>
    Dpo = 2,
}
