using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>Connects to the servers that answers come from.</summary>
internal interface IChatOrigin
{
    /// <summary>A model behind its server; one try a request, nothing stored.</summary>
    /// <exception cref="Collectives.UserInputException">There is no key, or the address cannot be used.</exception>
    IChatModel Connect(ChatSettings settings);
}
