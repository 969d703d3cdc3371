namespace NSft.Data.Validation;

/// <summary>How much a problem matters.</summary>
public enum ProblemSeverity
{
    /// <summary>Training works, yet the row may not be what was meant.</summary>
    Warning,

    /// <summary>The row cannot be trained on, or harms what is measured afterwards.</summary>
    Error,
}
