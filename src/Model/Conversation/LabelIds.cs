namespace NSft.Model.Conversation;

/// <summary>Special values in label arrays.</summary>
public static class LabelIds
{
    /// <summary>A position that is not trained.</summary>
    public const int Ignore = -100;
}
