using NSft.Collectives;

namespace NSft.Storage;

/// <summary>Checks <see cref="StorageOptions"/> before anything uses them.</summary>
public static class StorageOptionsValidator
{
    private const int SmallestBlock = 64 << 10;
    private const int LargestBlock = 100 << 20;
    private const int MostAtATime = 64;

    /// <summary>What is wrong; nothing when all is well.</summary>
    public static IEnumerable<string> Problems(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ConnectionString is not null && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return "Storage:ConnectionString is empty; leave it out to use Storage:AccountUri";
        }

        if (options.ConnectionString is not null && options.AccountUri is not null)
        {
            yield return "Storage:ConnectionString and Storage:AccountUri both name an account; give one of them";
        }

        if (options.AccountUri is Uri uri && (!uri.IsAbsoluteUri || uri.Scheme != Uri.UriSchemeHttps))
        {
            yield return "Storage:AccountUri is no address of an account; its form is https://ACCOUNT.blob.core.windows.net (identities and signatures are sent over https only)";
        }

        if (options.RequestTimeout < TimeSpan.FromSeconds(1) || options.RequestTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"Storage:RequestTimeout is {options.RequestTimeout}; 00:00:01 to 00:10:00 is allowed";
        }

        if (options.RetryLimit <= TimeSpan.Zero || options.RetryLimit > TimeSpan.FromHours(1))
        {
            yield return $"Storage:RetryLimit is {options.RetryLimit}; more than 00:00:00 and at most 01:00:00 is allowed";
        }

        if (options.Concurrency is < 1 or > MostAtATime)
        {
            yield return $"Storage:Concurrency is {options.Concurrency}; 1 to {MostAtATime} is allowed";
        }

        if (options.BlockBytes is < SmallestBlock or > LargestBlock)
        {
            yield return $"Storage:BlockBytes is {options.BlockBytes}; {SmallestBlock} to {LargestBlock} is allowed";
        }
    }

    /// <summary>Refuses options that are wrong.</summary>
    /// <exception cref="UserInputException">They are; names every one.</exception>
    internal static void EnsureValid(StorageOptions options)
    {
        string problems = string.Join("; ", Problems(options));
        if (problems.Length > 0)
        {
            throw new UserInputException(problems);
        }
    }
}
