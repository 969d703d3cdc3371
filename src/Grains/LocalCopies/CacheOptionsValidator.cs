using Microsoft.Extensions.Options;

namespace NSft.Grains.LocalCopies;

/// <summary>Checks where copies go before anything is fetched.</summary>
public sealed class CacheOptionsValidator : IValidateOptions<CacheOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, CacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        if (options.LimitBytes is <= 0)
        {
            problems.Add(FormattableString.Invariant($"Cache:LimitBytes cannot be {options.LimitBytes}: give bytes, or leave it out for no limit"));
        }

        if (options.Directory is { } directory)
        {
            if (string.IsNullOrWhiteSpace(directory))
            {
                problems.Add("Cache:Directory is empty: name a folder, or leave it out");
            }
            else if (File.Exists(directory))
            {
                problems.Add($"Cache:Directory {directory} is a file: name a folder");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
