namespace Orleans.Providers;

/// <summary>Names of providers that count when none is given.</summary>
public static class ProviderConstants
{
    /// <summary>The store of grains that name none.</summary>
    public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
}
