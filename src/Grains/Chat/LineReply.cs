using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>What a grain says to those that wait in a <see cref="WaitingLine{TWant}"/>.</summary>
/// <param name="Granted">The first so many may go.</param>
/// <param name="Wait">When to ask again for the others.</param>
/// <param name="IsProbe">Whether the one granted tries a server that has been failing.</param>
/// <param name="Refusal">Why the others never may; null when they may later.</param>
internal sealed record LineReply(int Granted, TimeSpan Wait, bool IsProbe = false, ChatException? Refusal = null);
