using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Data.Preferences.Judging;
using NSft.Data.Sampling;
using NSft.Grains.Chat;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Judging;

/// <summary>Rates the answers of a prompt, all at once, with the chat model of its silo.</summary>
[GrainType("nsft.judge")]
internal sealed class JudgeGrain(IChatModels models) : Grain, IJudgeGrain
{
    /// <inheritdoc/>
    public async Task<RateReport> RateAsync(RateRequest request)
    {
        try
        {
            var judge = new ChatJudge(
                models.Open(ChatSettings.FromJson(request.ChatJson), request.JobId), DataJson.Read<ChatJudgeOptions>(request.JudgeJson));
            var row = DataJson.Read<CompletionRow>(request.RowJson);
            return new RateReport(DataJson.Write(await judge.RateRowAsync(row, CancellationToken.None)));
        }
        catch (Exception exception) when (exception is UserInputException or ChatException { EndsJob: true })
        {
            return new RateReport(string.Empty, new Failure(FailureKind.UserInput, exception.Message));
        }
    }
}
