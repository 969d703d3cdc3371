namespace NSft.Data.Validation;

/// <summary>What can be wrong with a row, or with a set of rows.</summary>
public enum ProblemKind
{
    /// <summary>The row is not what its format says.</summary>
    Shape,

    /// <summary>Human and assistant do not take turns, or the row lacks an answer.</summary>
    Roles,

    /// <summary>There are not as many image markers as images, or they stand where no image belongs.</summary>
    Markers,

    /// <summary>A row has no image, or several.</summary>
    ImageCount,

    /// <summary>An image is not where the row says.</summary>
    ImageMissing,

    /// <summary>An image cannot be decoded.</summary>
    ImageUnreadable,

    /// <summary>An image is smaller than wanted.</summary>
    ImageSmall,

    /// <summary>A question or an answer says nothing.</summary>
    Empty,

    /// <summary>Chosen and rejected say the same.</summary>
    EqualAnswers,

    /// <summary>An identifier is used twice.</summary>
    DuplicateId,

    /// <summary>The same image is asked the same question twice.</summary>
    DuplicateQuestion,

    /// <summary>A text holds a token that belongs to conversation templates.</summary>
    TemplateToken,

    /// <summary>A side has more tokens than the limit.</summary>
    TooLong,

    /// <summary>A side has no trained token within the limit.</summary>
    NothingTrained,

    /// <summary>Text was damaged by a wrong encoding.</summary>
    Encoding,

    /// <summary>Yes and no are answered unequally often.</summary>
    Balance,

    /// <summary>An image of an evaluation is trained on.</summary>
    Leakage,
}
