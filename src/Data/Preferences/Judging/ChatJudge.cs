using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Data.Sampling;

namespace NSft.Data.Preferences.Judging;

/// <summary>A chat model that rates answers by the HelpSteer rubric, with a rationale first. Source: arXiv:2402.10884, whose judge is Gemini.</summary>
public sealed class ChatJudge : IAnswerJudge
{
    private const string DefaultRubric = "judge-helpsteer.v1";

    private readonly IChatModel _chat;
    private readonly ChatJudgeOptions _options;
    private readonly string _rubric;
    private readonly string _version;

    /// <summary>A judge.</summary>
    /// <param name="chat">The chat model.</param>
    /// <param name="options">How it judges.</param>
    /// <exception cref="UserInputException">The rubric cannot be read.</exception>
    public ChatJudge(IChatModel chat, ChatJudgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentNullException.ThrowIfNull(options);
        _chat = chat;
        _options = options;
        string path = options.RubricPath ?? Path.Combine(AppContext.BaseDirectory, "resources", "data", "prompts", $"{DefaultRubric}.txt");
        _rubric = Read(path);
        _version = options.RubricPath is null ? DefaultRubric : Path.GetFileNameWithoutExtension(path);
        RubricHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_rubric)));
    }

    /// <inheritdoc/>
    public string Name => _options.Model;

    /// <inheritdoc/>
    public string RubricHash { get; }

    /// <inheritdoc/>
    public async ValueTask<RatedCompletion> RateAsync(CompletionRow row, int completion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        string answer = row.Completions[completion].Text;
        List<(HelpSteerRating Rating, string Rationale)> ratings = [];
        string problem = "";
        for (int sample = 0; sample < _options.SampleCount; sample++)
        {
            try
            {
                (HelpSteerRating, string)? rated = await AskAsync(row, answer, sample, cancellationToken).ConfigureAwait(false);
                if (rated is { } valid)
                {
                    ratings.Add(valid);
                }
                else
                {
                    problem = "no valid rating, also when asked to mend it";
                }
            }
            catch (ChatException exception) when (!exception.EndsJob)
            {
                problem = exception.Message;
            }
        }

        return ratings.Count == 0
            ? new RatedCompletion(answer, null, problem)
            : new RatedCompletion(answer, HelpSteerRating.Mean([.. ratings.Select(entry => entry.Rating)]), ratings[0].Rationale);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).ReplaceLineEndings("\n").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the rubric cannot be read; name a text file", exception);
        }
    }

    private async Task<(HelpSteerRating Rating, string Rationale)?> AskAsync(CompletionRow row, string answer, int sample, CancellationToken cancellationToken)
    {
        ChatRequest request = Request(row, answer, sample);
        ChatReply reply = await _chat.CompleteAsync(request, cancellationToken).ConfigureAwait(false);
        if (RatingResponse.TryRead(reply.Text, out (HelpSteerRating, string) rated, out string problem))
        {
            return rated;
        }

        ChatMessage[] mended = [.. request.Messages, new(ChatRole.Assistant, reply.Text), new(ChatRole.User, $"This reply cannot be used: {problem}. Write the JSON object again, complete and valid.")];
        reply = await _chat.CompleteAsync(request with { Messages = mended }, cancellationToken).ConfigureAwait(false);
        return RatingResponse.TryRead(reply.Text, out rated, out _) ? rated : null;
    }

    private ChatRequest Request(CompletionRow row, string answer, int sample)
    {
        string reference = row.Reference is null ? "" : $"TRUE ANSWER:\n{row.Reference}\n\n";
        string? image = _options.ImageDirectory is null ? null : Path.Combine(_options.ImageDirectory, row.Image);
        ChatMessage[] messages =
        [
            new(ChatRole.System, _rubric),
            new(ChatRole.User, $"QUESTION:\n{row.Question}\n\n{reference}ANSWER TO RATE:\n{answer}", image),
        ];
        return new ChatRequest(_options.Model, messages, _version)
        {
            SchemaName = RatingResponse.SchemaName,
            Schema = RatingResponse.Schema,
            Temperature = _options.Temperature,
            Seed = sample,
            MaxTokens = _options.MaxTokens,
            Sample = sample,
        };
    }
}
