using Microsoft.Extensions.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>What the embedded engine does not read from configuration, and must not overlook.</summary>
internal static class OneMachine
{
    private const string Provider = "Orleans:Clustering:ProviderType";

    /// <summary>Throws if configuration names a provider of membership.</summary>
    /// <exception cref="OrleansConfigurationException">It does.</exception>
    public static void RequireNoProvider(IConfiguration configuration)
    {
        if (configuration[Provider] is { } type)
        {
            throw new OrleansConfigurationException(
                $"{Provider} is {type}: the embedded engine runs on one machine and has no clustering providers; build with NSftPackages=nuget to use Orleans itself across machines.");
        }
    }
}
