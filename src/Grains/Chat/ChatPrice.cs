using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>What tokens cost.</summary>
/// <param name="Prompt">A million tokens sent.</param>
/// <param name="Completion">A million tokens received.</param>
internal sealed record ChatPrice(decimal Prompt, decimal Completion)
{
    private const decimal Million = 1_000_000;

    /// <summary>Cost of what was used.</summary>
    internal decimal Of(ChatUsage usage) => Of(usage.PromptTokens, usage.CompletionTokens);

    /// <summary>What a request may cost at most.</summary>
    internal decimal Most(ChatRequest request) => Of(ChatTokens.MostPrompt(request), request.MaxTokens);

    private decimal Of(long prompt, long completion) => ((prompt * Prompt) + (completion * Completion)) / Million;
}
