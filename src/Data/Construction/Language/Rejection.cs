namespace NSft.Data.Construction.Language;

/// <summary>Something that makes a response unusable.</summary>
/// <param name="Reason">A <see cref="RejectionReason"/>.</param>
/// <param name="Message">What is wrong and where, on one line, for people and for the model that has to mend it.</param>
internal sealed record Rejection(string Reason, string Message);
