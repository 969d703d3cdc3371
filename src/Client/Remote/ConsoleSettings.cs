using NSft.Client.Parsing;
using NSft.Grains.Hosting.Settings;

namespace NSft.Client.Remote;

/// <summary>The settings that the console goes by.</summary>
internal static class ConsoleSettings
{
    /// <summary>Reads them.</summary>
    /// <exception cref="Collectives.UserInputException">A setting does not exist or cannot be read.</exception>
    public static NSftConfiguration Read() => NSftConfiguration.Read(ConsoleConfiguration.Load());
}
