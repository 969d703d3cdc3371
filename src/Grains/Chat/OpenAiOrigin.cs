using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>OpenAI and servers that speak its protocol. A key is read on this silo; servers of one's own may need none.</summary>
internal sealed class OpenAiOrigin : IChatOrigin
{
    /// <inheritdoc/>
    public IChatModel Connect(ChatSettings settings) => new OpenAiChatModel(new ChatEndpoint(
        settings.BaseUrl,
        ApiKeys.Read(settings.KeyVariable, settings.KeyFile, isRequired: settings.BaseUrl is null),
        settings.Timeout));
}
