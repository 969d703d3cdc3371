using NSft.Data.Preferences.Judging;
using NSft.Grains.Chat;

namespace NSft.Grains.Hosting;

/// <summary>Which chat model rates, and how.</summary>
/// <param name="Chat">The chat model, its pace and price.</param>
/// <param name="Judge">How it judges.</param>
public sealed record JudgeSettings(ChatSettings Chat, ChatJudgeOptions Judge);
