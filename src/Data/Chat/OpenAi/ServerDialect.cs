namespace NSft.Data.Chat.OpenAi;

/// <summary>Which optional parts of a request a server takes for a model. Compatible servers differ, and so do models of one server.</summary>
/// <param name="Form">How a schema is asked for; never <see cref="SchemaForm.Auto"/>.</param>
/// <param name="MayChangeForm">Whether another form may be tried.</param>
/// <param name="NamesCompletionTokens">Whether the longest answer is called <c>max_completion_tokens</c>; <c>max_tokens</c> otherwise.</param>
/// <param name="TakesTemperature">Whether a temperature is sent.</param>
/// <param name="TakesSeed">Whether a seed is sent.</param>
internal sealed record ServerDialect(SchemaForm Form, bool MayChangeForm, bool NamesCompletionTokens, bool TakesTemperature = true, bool TakesSeed = true)
{
    private bool HasChangedTokenName { get; init; }

    /// <summary>What an endpoint is expected to take: OpenAI's newer name there, the name that all others know elsewhere.</summary>
    public static ServerDialect Of(ChatEndpoint endpoint)
    {
        bool isAuto = endpoint.SchemaForm == SchemaForm.Auto;
        string host = (endpoint.BaseUrl ?? ChatEndpoint.OpenAi).Host;
        bool isOpenAi = host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);
        return new ServerDialect(isAuto ? SchemaForm.Schema : endpoint.SchemaForm, isAuto, isOpenAi);
    }

    /// <summary>How to ask again after the server refused a part of a request by name; null when it refused something else.</summary>
    public ServerDialect? After(ErrorBody error, ChatRequest request)
    {
        bool namesOldLimit = error.Names("max_tokens");
        bool namesNewLimit = error.Names("max_completion_tokens");
        if (!HasChangedTokenName && (NamesCompletionTokens ? namesNewLimit : namesOldLimit) && error.SaysUnsupported)
        {
            return this with { NamesCompletionTokens = !NamesCompletionTokens, HasChangedTokenName = true };
        }

        if (MayChangeForm && request.Schema is not null && Form != SchemaForm.Text && error.NamesSchema)
        {
            return this with { Form = Form == SchemaForm.Schema ? SchemaForm.JsonObject : SchemaForm.Text };
        }

        if (TakesSeed && request.Seed is not null && error.Names("seed"))
        {
            return this with { TakesSeed = false };
        }

        return TakesTemperature && error.Names("temperature") && error.SaysUnsupported ? this with { TakesTemperature = false } : null;
    }
}
