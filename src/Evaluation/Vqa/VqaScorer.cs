namespace NSft.Evaluation.Vqa;

/// <summary>Scores short answers by exact match after <see cref="AnswerNormaliser"/>.</summary>
public static class VqaScorer
{
    /// <summary>The score of answers given in the order of the questions.</summary>
    /// <exception cref="ArgumentException">The two lists differ in length or are empty.</exception>
    public static VqaScore Score(IReadOnlyList<VqaQuestion> questions, IReadOnlyList<string> answers)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(questions.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(answers.Count, questions.Count);
        bool[] right = new bool[questions.Count];
        int unparsable = 0;
        for (int index = 0; index < right.Length; index++)
        {
            string given = AnswerNormaliser.Normalise(answers[index]);
            right[index] = given == AnswerNormaliser.Normalise(questions[index].Answer);
            unparsable += given.Length == 0 ? 1 : 0;
        }

        SortedDictionary<string, double> byKind = new(StringComparer.Ordinal);
        foreach (IGrouping<string, bool> group in questions.Select((q, i) => (q.Kind, Right: right[i]))
            .Where(item => item.Kind is not null).GroupBy(item => item.Kind!, item => item.Right))
        {
            byKind[group.Key] = (double)group.Count(isRight => isRight) / group.Count();
        }

        return new VqaScore((double)right.Count(isRight => isRight) / right.Length, byKind, right.Length, unparsable);
    }
}
