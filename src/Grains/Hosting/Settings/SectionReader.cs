using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using NSft.Collectives;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Reads sections of the configuration.</summary>
internal static partial class SectionReader
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
            // A value may be secret, so it is not told.
            throw new UserInputException(Place().Match(exception.Message) is { Success: true } place
                ? $"{place.Groups[1].Value} cannot be read: give {Form<T>(place.Groups[1].Value)}"
                : $"configuration section {section}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}; its settings are {string.Join(", ", NamesOf<T>())}");
        }
    }

    private static string Form<T>(string place)
    {
        var property = typeof(T).GetProperties().FirstOrDefault(property => place.EndsWith($":{property.Name}", StringComparison.OrdinalIgnoreCase));
        var type = Nullable.GetUnderlyingType(property?.PropertyType ?? typeof(string)) ?? property?.PropertyType ?? typeof(string);
#pragma warning disable CA1308 // words as they are written in the configuration
        return type.IsEnum ? string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()
#pragma warning restore CA1308
            : type == typeof(bool) ? "true or false"
            : type == typeof(TimeSpan) ? "a time as HH:MM:SS"
            : type == typeof(Uri) ? "an address as https://HOST"
            : "a number";
    }

    private static IEnumerable<string> NamesOf<T>() =>
        typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal);

    [GeneratedRegex(" at '([^']+)'")]
    private static partial Regex Place();
}
