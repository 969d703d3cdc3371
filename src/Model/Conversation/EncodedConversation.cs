namespace NSft.Model.Conversation;

/// <summary>A conversation as ids and labels of the same length.</summary>
/// <param name="Ids">Token ids; the image token stands once for each image feature.</param>
/// <param name="Labels">The id where it is trained, else <see cref="LabelIds.Ignore"/>; not shifted.</param>
public sealed record EncodedConversation(int[] Ids, int[] Labels)
{
    /// <summary>Number of trained positions.</summary>
    public int LabelCount => Labels.Count(label => label != LabelIds.Ignore);
}
