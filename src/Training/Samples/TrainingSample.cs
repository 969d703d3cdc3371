using NSft.Model.Conversation;
using NSft.Training.Plans;

namespace NSft.Training.Samples;

/// <summary>One preference row, encoded for an objective.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="ImagePath">The image file.</param>
/// <param name="Chosen">The conversation with the chosen answer.</param>
/// <param name="Other">The corrective conversation (nSFT), the one with the rejected answer (DPO), or null.</param>
public sealed record TrainingSample(string Id, string ImagePath, EncodedConversation Chosen, EncodedConversation? Other)
{
    /// <summary>The sample's sizes.</summary>
    public SampleShape Shape => new(ShapeOf(Chosen), Other is null ? default : ShapeOf(Other));

    private static ConversationShape ShapeOf(EncodedConversation text) => new(text.Ids.Length, text.LabelCount);
}
