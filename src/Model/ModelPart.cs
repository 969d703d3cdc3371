namespace NSft.Model;

/// <summary>Which part of the model a parameter belongs to.</summary>
public enum ModelPart
{
    /// <summary>CLIP vision tower; always frozen.</summary>
    VisionTower,

    /// <summary>Two-layer projector from vision features to decoder width.</summary>
    Projector,

    /// <summary>Token embedding, decoder blocks and final norm.</summary>
    Decoder,

    /// <summary>Language-model head (absent when tied to the embedding).</summary>
    Head,

    /// <summary>Low-rank adapter matrices.</summary>
    Adapter,
}
