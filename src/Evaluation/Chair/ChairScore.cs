namespace NSft.Evaluation.Chair;

/// <summary>Object hallucination of a set of captions; rates are fractions of 1.</summary>
/// <param name="ChairI">Mentions of objects that are not in the image, among all mentions; 0 when nothing is mentioned.</param>
/// <param name="ChairS">Captions with at least one such mention, among all captions.</param>
/// <param name="Recall">Distinct true kinds mentioned, among all true kinds, over all captions.</param>
/// <param name="Count">Captions scored.</param>
/// <param name="MentionCount">Object mentions.</param>
/// <param name="WrongMentionCount">Mentions of objects that are not in the image.</param>
/// <param name="MeanWordCount">Mean length of a caption in words.</param>
/// <param name="EmptyCount">Captions without any word.</param>
public sealed record ChairScore(
    double ChairI, double ChairS, double Recall, int Count, int MentionCount, int WrongMentionCount, double MeanWordCount, int EmptyCount);
