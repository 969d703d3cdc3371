using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSft.Data.Construction;
using NSft.Data.Sampling;

namespace NSft.Data.Preferences.Judging;

/// <summary>A judge without a language model: compares an answer with the true one by the rules of the rule constructor.</summary>
/// <remarks>
/// Correctness loses a point for each wrong claim, helpfulness for each thing left out and half a point for each wrong claim, coherence for
/// sentences said twice and for answers that were cut; complexity and verbosity compare lengths, 2 being the true answer's. It sees no image:
/// what the true answer leaves open it cannot judge. A row without a true answer gets no rating.
/// </remarks>
public sealed class RuleJudge : IAnswerJudge
{
    private const string Rubric = "rules/1";

    private readonly Lock _turn = new();
    private readonly RuleConstructor _rules;

    /// <summary>A judge that knows a world.</summary>
    /// <param name="codebook">Kinds of errors.</param>
    /// <param name="lexicon">The words of the world.</param>
    public RuleJudge(VisionErrorCodebook codebook, Lexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(lexicon);
        _rules = new RuleConstructor(codebook, lexicon, new ConstructionOptions(), ConstructionStatistics.Gather([], lexicon));
        RubricHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rubric} {lexicon.Hash}")));
    }

    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public string RubricHash { get; }

    /// <inheritdoc/>
    public ValueTask<RatedCompletion> RateAsync(CompletionRow row, int completion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        Completion answer = row.Completions[completion];
        return ValueTask.FromResult(row.Reference is null
            ? new RatedCompletion(answer.Text, null, "there is no true answer to compare with")
            : Rate(row, row.Reference, answer));
    }

    private RatedCompletion Rate(CompletionRow row, string reference, Completion answer)
    {
        if (string.IsNullOrWhiteSpace(answer.Text))
        {
            return new RatedCompletion(answer.Text, new HelpSteerRating(0, 0, 0, 0, 0), "no answer");
        }

        IReadOnlyList<ErrorKind> errors = Errors(row, reference, answer.Text);
        int missed = errors.Count(error => error == ErrorKind.Missed);
        int wrong = errors.Count - missed;
        double length = Math.Round(2.0 * Words(answer.Text) / Math.Max(1, Words(reference)));
        int unclear = RepeatedSentences(answer.Text) + (answer.IsTruncated ? 1 : 0);
        HelpSteerRating rating = HelpSteerRating.Of([.. new[] { 4 - missed - (wrong / 2), 4 - wrong, 4 - unclear, length, length }
            .Select(value => Math.Clamp(value, 0, HelpSteerRating.Highest))]);
        return new RatedCompletion(answer.Text, rating, string.Create(CultureInfo.InvariantCulture, $"{wrong} wrong, {missed} left out"));
    }

    private IReadOnlyList<ErrorKind> Errors(CompletionRow row, string reference, string answer)
    {
        // A rule constructor belongs to one thread at a time.
        lock (_turn)
        {
            return _rules.Construct(new PreferencePair(row.Id, row.Image, row.Question, reference, answer)).Errors;
        }
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static int RepeatedSentences(string text)
    {
        string[] sentences = [.. text.Split(['.', '!', '?'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(AnswerText.Normalise)];
        return sentences.Length - sentences.Distinct(StringComparer.Ordinal).Count();
    }
}
