using System.Reflection;

namespace NSft.Silo;

/// <summary>The version that a silo tells and a console compares.</summary>
internal static class ProgramVersion
{
    /// <summary>Of this program.</summary>
    public static string Current { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
