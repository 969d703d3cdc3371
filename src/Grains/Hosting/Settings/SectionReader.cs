using Microsoft.Extensions.Configuration;
using NSft.Collectives;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Reads sections of the configuration.</summary>
internal static class SectionReader
{
    /// <summary>The options of a section; their defaults where it says nothing.</summary>
    /// <exception cref="UserInputException">It has a setting that does not exist or cannot be read.</exception>
    internal static T Read<T>(IConfiguration configuration, string section)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException exception)
        {
            var reason = (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw new UserInputException($"configuration section {section}: {reason}; its settings are {string.Join(", ", NamesOf<T>())}", exception);
        }
    }

    private static IEnumerable<string> NamesOf<T>() =>
        typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal);
}
