using Microsoft.Extensions.Logging;

namespace NSft.Grains.Chat;

/// <summary>Log messages of chats; event ids 1100 to 1199. None has a text of a chat or a key.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(1100, LogLevel.Warning, "The stored answer {Path} cannot be used ({Reason}); it is set aside as {Aside} and asked again")]
    internal static partial void CorruptAnswer(ILogger logger, string path, string aside, string reason);

    [LoggerMessage(1101, LogLevel.Information, "Try {Attempt} of a request to {Model} failed, next in {Delay}: {Reason}")]
    internal static partial void Retried(ILogger logger, string model, int attempt, TimeSpan delay, string reason);
}
