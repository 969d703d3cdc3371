namespace NSft.Grains.Contracts.Messages;

/// <summary>Which rows are copies of an earlier one. Values are explicit and append only: they are sent.</summary>
public enum CopyKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Those with the same image, question and answers.</summary>
    SameContent = 1,

    /// <summary>Those with the same question and answers, whatever the image.</summary>
    SameText = 2,
}
