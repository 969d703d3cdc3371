namespace NSft.Evaluation.Pope;

/// <summary>Scores POPE answers.</summary>
public static class PopeScorer
{
    /// <summary>The score of answers given in the order of the questions.</summary>
    /// <exception cref="ArgumentException">The two lists differ in length or are empty.</exception>
    public static PopeScore Score(IReadOnlyList<PopeQuestion> questions, IReadOnlyList<string> answers, PopeParseRule rule = PopeParseRule.Official)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(questions.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(answers.Count, questions.Count);
        int truePositive = 0;
        int falsePositive = 0;
        int right = 0;
        int unparsable = 0;
        for (int index = 0; index < questions.Count; index++)
        {
            bool isYes = PopeAnswerParser.IsYes(answers[index], rule);
            bool isPresent = questions[index].IsPresent;
            right += isYes == isPresent ? 1 : 0;
            truePositive += isYes && isPresent ? 1 : 0;
            falsePositive += isYes && !isPresent ? 1 : 0;
            unparsable += PopeAnswerParser.IsUnparsable(answers[index]) ? 1 : 0;
        }

        int positive = questions.Count(question => question.IsPresent);
        int answeredYes = truePositive + falsePositive;
        double precision = Share(truePositive, answeredYes);
        double recall = Share(truePositive, positive);
        double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
        return new PopeScore(
            Share(right, questions.Count), precision, recall, f1, Share(answeredYes, questions.Count), unparsable, questions.Count);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
