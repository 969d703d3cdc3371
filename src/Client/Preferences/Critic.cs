using NSft.Client.Output;
using NSft.Data.Preferences;
using NSft.Evaluation.Questions;
using NSft.Evaluation.Running;
using NSft.Model.Generation;

namespace NSft.Client.Preferences;

/// <summary>Lets a model say which of two answers is better: it writes a critique, or the likelier verdict counts.</summary>
/// <param name="options">The model.</param>
/// <param name="prompt">How it is asked.</param>
internal sealed class Critic(AnswerOptions options, CritiquePrompt prompt)
{
    /// <summary>The model writes its critiques; the last verdict in each counts.</summary>
    public async Task<IReadOnlyList<CritiqueRow>> WriteAsync(
        IReadOnlyList<Contest> contests, int maxNewTokens, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        using ModelAnswerer answerer = ModelAnswerer.Open(options);
        EvaluationQuestion[] questions = [.. contests.Select(Question)];
        IReadOnlyList<GeneratedAnswer> critiques = await answerer.GenerateAsync(
            questions, new SamplingOptions(maxNewTokens), new CountProgress(progress, contests.Count), cancellation).ConfigureAwait(false);
        return [.. contests.Zip(critiques, (contest, critique) => Row(contest, CritiqueVerdict.Parse(critique.Text)) with { Critique = critique.Text })];
    }

    /// <summary>The verdict that the model finds likelier right behind the prompt.</summary>
    public async Task<IReadOnlyList<CritiqueRow>> WeighAsync(
        IReadOnlyList<Contest> contests, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        AnswerToScore[] verdicts = [.. contests.Select(Question).SelectMany(question =>
            Enumerable.Range(1, 2).Select(winner => new AnswerToScore(question, CritiqueVerdict.Of(winner))))];
        IReadOnlyList<AnswerLikelihood> scores = await LikelihoodScorer.ScoreAsync(
            options, verdicts, new CountProgress(progress, verdicts.Length), cancellation).ConfigureAwait(false);
        return [.. contests.Select((contest, index) =>
            Row(contest, scores[2 * index].LogProbability >= scores[(2 * index) + 1].LogProbability ? 1 : 2) with { Verdict = CritiqueVerdict.FromLikelihood })];
    }

    private EvaluationQuestion Question(Contest contest) => new(
        contest.Prompt.Id,
        contest.Prompt.Image,
        prompt.Fill(contest.Prompt.Question, contest.Prompt.Reference!, contest.First, contest.Second));

    private static CritiqueRow Row(Contest contest, int winner) => new(
        contest.Prompt.Id, contest.Prompt.Image, contest.Prompt.Question, contest.First, contest.Second, winner);
}
