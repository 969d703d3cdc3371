namespace NSft.Data.Construction;

/// <summary>A pair that could not be answered; kept, so that it can be tried again.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Row">Position of the pair in its file, from 1.</param>
/// <param name="Reason">A short name to count by: a chat failure's kind in lower case, or a <see cref="RejectionReason"/>.</param>
/// <param name="Message">What happened, on one line.</param>
public sealed record DeadLetter(string PairId, int Row, string Reason, string Message);
