namespace NSft.Data.Formats;

/// <summary>Who says a message.</summary>
public enum DatasetRole
{
    /// <summary>Instructions in front of the conversation.</summary>
    System,

    /// <summary>The one who asks.</summary>
    Human,

    /// <summary>The one who answers.</summary>
    Assistant,
}
