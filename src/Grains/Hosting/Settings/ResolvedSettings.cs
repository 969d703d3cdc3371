using System.Globalization;
using NSft.Grains.LocalCopies;

namespace NSft.Grains.Hosting.Settings;

/// <summary>All settings as they count, in one line, without secrets. Pure.</summary>
internal static class ResolvedSettings
{
    /// <summary>The line.</summary>
    internal static string Of(NSftConfiguration configuration)
    {
        var clustering = configuration.Clustering with { Provider = configuration.ClusteringProvider };
        var state = configuration.State with { Provider = configuration.StateProvider };
        var isRedis = configuration.ClusteringProvider == ClusteringProvider.Redis;
        return string.Join(' ', [
            .. Section(NSftSiloOptions.Section, configuration.Silo, _ => ""),
            .. Section(ClusteringOptions.Section, clustering, isRedis ? ConnectionStrings.MaskRedis : ConnectionStrings.MaskAzure),
            .. Section(GrainStateOptions.Section, state, _ => ""),
            .. Section(Storage.StorageOptions.Section, configuration.Storage, ConnectionStrings.MaskAzure),
            .. Section(CacheOptions.Section, configuration.Cache, _ => ""),
        ]);
    }

    private static IEnumerable<string> Section<T>(string section, T options, Func<string, string> mask)
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.GetValue(options) is { } value)
            {
                var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                yield return $"{section}:{property.Name}={(property.Name == "ConnectionString" ? mask(text) : value is Uri ? ConnectionStrings.MaskAddress(text) : text)}";
            }
        }
    }
}
